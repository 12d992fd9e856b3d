const engines: { readonly [parserName: string]: string } = {
  postgresql: 'postgres',
  tsql: 'mssql',
  athena: 'awsathena',
};

/** The engine whose names a grammar's SQL has, as namespaces call it. */
export const engineOfParser = (parserName: string): string => engines[parserName] ?? parserName;

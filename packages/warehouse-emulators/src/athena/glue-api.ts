import type { EngineColumn } from '../engine/duckdb-engine.js';
import { ApiError } from './api-error.js';
import type { Catalogue, TableFigures } from './catalogue.js';
import { hiveType, trinoType } from './values.js';

const mostOfAPage = 100;

interface OfTable {
  readonly DatabaseName: string;
  readonly Name: string;
}

interface Paged {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** The operations of the Glue Data Catalog that read. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetTable.html */
export class GlueApi {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** The body of the answer. @throws ApiError */
  async answer(operation: string, input: object): Promise<object> {
    switch (operation) {
      case 'GetTable':
        return { Table: await this.#table(input as OfTable) };
      case 'GetTables':
        return this.#tables(input as OfTable & Paged);
      case 'GetDatabase':
        return { Database: await this.#database((input as { readonly Name: string }).Name) };
      case 'GetDatabases':
        return page('DatabaseList', (await this.#catalogue.databases()).map(database), input);
      case 'GetPartitions':
        await this.#table({ ...(input as OfTable), Name: (input as { readonly TableName: string }).TableName });
        return { Partitions: [] };
      default:
        throw new ApiError('NotCoveredException', `not covered by the emulator: ${operation}`, {}, 501);
    }
  }

  async #database(name: string): Promise<object> {
    const known = await this.#catalogue.databases();
    if (known.includes(name.toLowerCase())) return database(name.toLowerCase());
    throw new ApiError('EntityNotFoundException', `Database ${name} not found.`);
  }

  async #tables({ DatabaseName, ...paging }: { readonly DatabaseName: string } & Paged): Promise<object> {
    const tables = await this.#catalogue.tables(checkedName(DatabaseName));
    const readable = tables.filter((table) => !this.#catalogue.isForbidden(table));
    const { TableList, ...rest } = page('TableList', readable, paging) as { readonly TableList: TableFigures[] };
    return { ...rest, TableList: await Promise.all(TableList.map((table) => this.#resource(table))) };
  }

  async #table({ DatabaseName, Name }: OfTable): Promise<object> {
    const place = { database: checkedName(DatabaseName), name: checkedName(Name) };
    if (this.#catalogue.isForbidden(place))
      throw new ApiError(
        'AccessDeniedException',
        `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: glue:GetTable on resource: arn:aws:glue:us-east-1:123456789012:table/${place.database}/${place.name}`,
      );
    return this.#resource(await this.#catalogue.table(place));
  }

  async #resource(table: TableFigures): Promise<object> {
    const columns = await this.#catalogue.columnsOf(table);
    const { format = 'ICEBERG', partitionKeys = [], parameters = {}, isLink } = this.#catalogue.factsOf(table);
    const isKey = ({ name }: EngineColumn) => partitionKeys.includes(name);
    if (isLink) return { ...namesOf(table), TargetTable: { CatalogId: '210987654321', DatabaseName: 'd', Name: 't' } };
    return {
      ...namesOf(table),
      StorageDescriptor: {
        Columns: columns.filter((column) => !isKey(column)).map(glueColumn),
        Location: `s3://emulated/${table.database}/${table.name}/`,
      },
      PartitionKeys: columns.filter(isKey).map(glueColumn),
      ...(table.isView ? viewMembers(columns) : { TableType: 'EXTERNAL_TABLE' }),
      Parameters: {
        EXTERNAL: 'TRUE',
        ...(!table.isView && format === 'ICEBERG' && { table_type: 'ICEBERG' }),
        ...parameters,
      },
    };
  }
}

const namesOf = ({ name, database }: TableFigures): object => ({
  Name: name,
  DatabaseName: database,
  CatalogId: '123456789012',
  CreateTime: 1_700_000_000,
  UpdateTime: 1_700_000_000,
});

const database = (name: string): object => ({ Name: name, CatalogId: '123456789012', CreateTime: 1_700_000_000 });

const glueColumn = ({ name, type }: EngineColumn): object => ({ Name: name, Type: hiveType(type) });

/** Athena keeps its own definition of a view beside that of Glue. */
const viewMembers = (columns: readonly EngineColumn[]): object => {
  const definition = { columns: columns.map(({ name, type }) => ({ name, type: trinoType(type) })) };
  const encoded = Buffer.from(JSON.stringify(definition)).toString('base64');
  return {
    TableType: 'VIRTUAL_VIEW',
    ViewOriginalText: `/* Presto View: ${encoded} */`,
    ViewExpandedText: '/* Presto View */',
  };
};

/** Names have 255 characters at most, and no line breaks. */
const checkedName = (name: string): string => {
  if (/^[^\r\n]{1,255}$/.test(name)) return name.toLowerCase();
  throw new ApiError(
    'InvalidInputException',
    'Value failed to satisfy constraint: Member must satisfy regular expression pattern',
  );
};

const page = (
  member: string,
  items: readonly unknown[],
  { NextToken = '0', MaxResults = mostOfAPage }: Paged,
): object => {
  const to = Number(NextToken) + Math.min(MaxResults, mostOfAPage);
  return { [member]: items.slice(Number(NextToken), to), ...(to < items.length && { NextToken: String(to) }) };
};

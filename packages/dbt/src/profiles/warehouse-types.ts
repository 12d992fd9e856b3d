/** How one option of a dbt profile is called in aegis.yaml. */
interface ProfileOption {
  readonly to: string;
  readonly isSecret?: true;
}

type ProfileOptions = { readonly [dbtName: string]: ProfileOption };

const to = (name: string): ProfileOption => ({ to: name });
const secret = (name: string): ProfileOption => ({ to: name, isSecret: true });

/** The types of warehouses that both know, with what an output of the profile says about each. */
export const warehouseTypes: { readonly [type: string]: ProfileOptions } = {
  duckdb: { path: to('path') },
  postgres: {
    host: to('host'),
    port: to('port'),
    user: to('user'),
    password: secret('password'),
    pass: secret('password'),
    dbname: to('database'),
    database: to('database'),
    schema: to('schema'),
    sslmode: to('sslmode'),
    sslrootcert: to('sslrootcert'),
    sslcert: to('sslcert'),
    sslkey: to('sslkey'),
  },
  bigquery: {
    project: to('projectId'),
    database: to('projectId'),
    dataset: to('dataset'),
    schema: to('dataset'),
    location: to('location'),
    keyfile: to('keyFilename'),
    keyfile_json: secret('credentials'),
    impersonate_service_account: to('impersonate'),
    maximum_bytes_billed: to('maximumBytesBilled'),
    priority: to('priority'),
  },
  databricks: {
    host: to('host'),
    http_path: to('httpPath'),
    token: secret('token'),
    client_id: to('clientId'),
    client_secret: secret('clientSecret'),
    catalog: to('catalog'),
    schema: to('schema'),
  },
  athena: {
    region_name: to('region'),
    work_group: to('workGroup'),
    s3_staging_dir: to('outputLocation'),
    database: to('catalog'),
    schema: to('database'),
    aws_profile_name: to('profile'),
    aws_access_key_id: to('accessKeyId'),
    aws_secret_access_key: secret('secretAccessKey'),
  },
  trino: {
    user: to('user'),
    password: secret('password'),
    jwt_token: secret('accessToken'),
    client_certificate: to('clientCertificate'),
    client_private_key: to('clientKey'),
    database: to('catalog'),
    schema: to('schema'),
  },
};

/** Options that are made of several of the profile's, by type: as text, with its references to variables. */
export const composedOptions: { readonly [type: string]: ComposedOption } = {
  trino: {
    to: 'server',
    of: ['host', 'port', 'http_scheme'],
    text: ({ host, port = 8080, http_scheme: scheme, method = 'none' }) =>
      `${scheme ?? (method === 'none' ? 'http' : 'https')}://${host}:${port}`,
  },
};

interface ComposedOption {
  readonly to: string;
  /** The options of the profile that it is made of. */
  readonly of: readonly string[];
  readonly text: (output: { readonly [option: string]: unknown }) => string;
}

/** What says nothing about the connection. */
export const idleOptions: ReadonlySet<string> = new Set(['type', 'threads', 'method']);

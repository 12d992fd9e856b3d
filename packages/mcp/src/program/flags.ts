import { parseArgs } from 'node:util';
import { ConfigError } from '@aegis/spec';
import type { ServeOptions } from '../server/serve.js';

export const help = `Usage: aegis-mcp [options]

Serves Aegis to language models: rules, runs, reports and lineage as MCP tools.

Options:
  --transport <name>    stdio or http (default: stdio)
  --root <folder>       rules and data files may lie in it; may be repeated (default: the folders of the client, else the working directory)
  --samples <policy>    rows in answers: none or redacted (default: none)
  --db <path>           DuckDB database file for calls that name none
  --warehouse <name>    a name from aegis.yaml, or a warehouse type, for calls that name none
  --lineage <file|url>  source of lineage; may be repeated
  --history <path>      file of the audit trail
  --no-llm              use no language model, whatever is configured
  --host <address>      address of the HTTP server (default: 127.0.0.1)
  --port <n>            port of the HTTP server, 0 for a free one (default: 8808)
  --token-file <path>   file with the token that HTTP clients send (default: AEGIS_MCP_TOKEN)
  --allow-host <name>   another name that HTTP clients may reach the server by; may be repeated
  -V, --version         print the version
  -h, --help            print this
`;

const options = {
  transport: { type: 'string' },
  root: { type: 'string', multiple: true },
  samples: { type: 'string' },
  db: { type: 'string' },
  warehouse: { type: 'string' },
  lineage: { type: 'string', multiple: true },
  history: { type: 'string' },
  'no-llm': { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  'token-file': { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  version: { type: 'boolean', short: 'V' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @throws ConfigError `usage` */
export const parseFlags = (args: readonly string[]): ServeOptions | 'help' | 'version' => {
  const values = parsed(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  const { transport, samples, port, root, history, lineage, db, warehouse, host } = values;
  return {
    ...{ roots: root, history, lineage, db, warehouse, host, tokenFile: values['token-file'] },
    ...{ allowedHosts: values['allow-host'], llm: values['no-llm'] ? false : undefined },
    transport: choice('--transport', transport, ['stdio', 'http']),
    samples: choice('--samples', samples, ['none', 'redacted']),
    port: port === undefined ? undefined : portNumber(port),
  };
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const [first = ''] = cause instanceof Error ? cause.message.split('. ') : [];
    throw usage(first);
  }
};

const choice = <Value extends string>(
  flag: string,
  given: string | undefined,
  values: readonly Value[],
): Value | undefined => {
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw usage(`${flag} must be one of ${values.join(', ')}`);
};

const portNumber = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw usage('--port must be a whole number from 0 to 65535');
};

const usage = (message: string): ConfigError => new ConfigError('usage', message, { hint: 'See aegis-mcp --help.' });

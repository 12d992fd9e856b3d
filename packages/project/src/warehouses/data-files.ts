import { parseTableName, type RuleTypeRegistry } from '@aegis/rules';
import { ConfigError, type Rule, type TableName } from '@aegis/spec';
import type { Effects } from '../effects.js';

/** The data files that rules name in a warehouse, as absolute paths: what its adapter may read. */
export const dataFiles = (rules: readonly Rule[], warehouse: string, types: RuleTypeRegistry): readonly string[] => {
  const named = rules.flatMap((rule) => tablesOf(rule, types).filter((table) => table.warehouse === warehouse));
  return [...new Set(named.flatMap(({ table }) => (table.kind === 'file' ? [table.path] : [])))].sort();
};

/** @throws ConfigError `usage` for a file that the effects do not let anybody read */
export const checkReadable = async (files: readonly string[], { mayRead }: Pick<Effects, 'mayRead'>): Promise<void> => {
  if (mayRead === undefined) return;
  for (const file of files) {
    if (await mayRead(file)) continue;
    throw new ConfigError('usage', `a rule names ${file}, which may not be read here`, {
      hint: 'Move it into a folder that may be read, or allow its folder.',
    });
  }
};

interface NamedTable {
  readonly warehouse: string | undefined;
  readonly table: TableName;
}

const tablesOf = (rule: Rule, types: RuleTypeRegistry): readonly NamedTable[] => {
  const { baseDirectory, scope } = rule;
  const { warehouse, sourceWarehouse, table } = scope;
  const { reference, source } = types.find(rule.type)?.requires(rule.params).tables ?? {};
  return [
    { warehouse, table },
    ...otherTable(reference, warehouse, baseDirectory),
    ...otherTable(source, sourceWarehouse ?? warehouse, baseDirectory),
  ];
};

/** A name that is none is for the plan to report. */
const otherTable = (
  name: string | undefined,
  warehouse: string | undefined,
  baseDirectory: string | undefined,
): readonly NamedTable[] => {
  const table = name === undefined ? undefined : parseTableName(name, { baseDirectory });
  return table === undefined || table.kind === 'invalid' ? [] : [{ warehouse, table }];
};

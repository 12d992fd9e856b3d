import type { DialectName } from '../../packages/sql/src/guard/__fixtures__/dialects.js';
import { strangersInText } from './engines/cloud-relations.js';
import type { Shown, Worlds } from './engines/world.js';
import { scope } from './grammar/index.js';
import { planted } from './hostile/planted.js';

export interface Judgement {
  readonly what: readonly string[];
  /** Whether the engine answered with rows; `undefined` where no engine was asked. */
  readonly isAnswered?: boolean;
}

/** What is wrong with a text that the guard let through, by all that its engine can tell. */
export const findingsOn = async (sql: string, dialect: DialectName, worlds: Worlds | undefined): Promise<Judgement> => {
  if (!worlds) return { what: strangersInText(sql, dialect).map((name) => `it reads ${name}`) };
  const [bare, full] = [await worlds.withoutSecrets(sql), await worlds.uncontained(sql)];
  const contained = await worlds.contained(sql);
  const relations = await worlds.relationsIn(sql);
  const isTold = !isAlike(bare, full) && (await isSteady(sql, { bare, full }, worlds));
  const what = [
    ...[bare, full, contained].filter(tells).map(() => 'an answer or an error holds a planted value'),
    ...(full.changed ? ['it changed something'] : []),
    ...(isTold ? [`it answers otherwise where secrets are: ${brief(bare)}, ${brief(full)}`] : []),
    ...(isSame(bare, contained) ? [] : [`it answers otherwise when contained: ${brief(bare)}, ${brief(contained)}`]),
    ...strangers(relations ?? [], dialect).map((name) => `it reads ${name}`),
    ...([bare, full].some(exceeds) ? ['it answers with more rows than allowed'] : []),
  ];
  return { what, isAnswered: full.kind === 'rows' };
};

const tells = (shown: Shown): boolean =>
  (shown.kind === 'rows' ? shown.rows.join('\n') : shown.message).includes(planted);

const isAlike = (one: Shown, other: Shown): boolean => isSame(one, other) && isEqual(one, other);

/** Whether the answer is decided by the rows, and not by the order in which an engine comes across them this time. */
const isSteady = async (
  sql: string,
  { bare, full }: { readonly bare: Shown; readonly full: Shown },
  worlds: Worlds,
): Promise<boolean> => {
  for (let again = 0; again < 3; again += 1) {
    if (!isAlike(bare, await worlds.withoutSecrets(sql))) return false;
    if (!isAlike(full, await worlds.uncontained(sql))) return false;
  }
  return !worlds.inAnotherOrder || isAlike(bare, await worlds.inAnotherOrder(sql));
};

/** Errors are alike; of rows there have to be as many. An adapter gives its values in a form of its own. */
const isSame = (one: Shown, other: Shown): boolean =>
  one.kind === 'rows' && other.kind === 'rows' ? one.rows.length === other.rows.length : one.kind === other.kind;

/** The rows of one driver, in whatever order. */
const isEqual = (one: Shown, other: Shown): boolean =>
  one.kind === 'error' || other.kind === 'error' || one.rows.toSorted().join('\n') === other.rows.toSorted().join('\n');

const exceeds = (shown: Shown): boolean => shown.kind === 'rows' && shown.rows.length > scope.rowLimit;

const brief = (shown: Shown): string =>
  shown.kind === 'rows' ? `${shown.rows.length} rows ${shown.rows.slice(0, 2)}` : shown.message.slice(0, 200);

const names: Partial<Readonly<Record<DialectName, ReadonlySet<string>>>> = {
  duckdb: new Set(['orders', 'crm.customers', 'line items', 'generate_series()', 'unnest()', 'range()']),
  postgres: new Set(['public.orders', 'crm.customers', 'public.line items', 'generate_series()', 'unnest()']),
};

const strangers = (relations: readonly string[], dialect: DialectName): readonly string[] =>
  relations.filter((name) => names[dialect]?.has(name) === false);

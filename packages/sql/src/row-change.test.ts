import type { ColumnExpression } from '@aegis/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { isNull, literal } from './build.js';
import { builtInDialects } from './dialects/index.js';
import { loadGuard, type SqlGuard } from './guard/index.js';
import { type RowChange, rowChangeSql } from './row-change.js';

const column = (name: string, native: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind: 'text', native },
});

/** One change of each form; values hold what SQL would take for its own. */
const changes = (native: string): readonly (readonly [string, RowChange])[] => {
  const status = column('order status', native);
  const parent = column('parent', native);
  return [
    ['NULL', { column: status, value: { kind: 'null' }, rows: { kind: 'condition', condition: isNull(parent) } }],
    [
      'an expression',
      {
        column: status,
        value: { kind: 'expression', expression: parent },
        rows: { kind: 'condition', condition: isNull(parent) },
      },
    ],
    [
      'the first of several',
      {
        column: status,
        value: { kind: 'first_of', choices: [{ when: isNull(parent), value: literal('text', "o'clock\\") }] },
        rows: { kind: 'condition', condition: isNull(parent) },
      },
    ],
    [
      'NULL where nothing matches',
      {
        column: parent,
        value: { kind: 'null' },
        rows: {
          ...{ kind: 'unmatched', column: parent, referenceColumn: column('id', native) },
          reference: { kind: 'named', parts: ['shop', 'parents'] },
        },
      },
    ],
  ];
};

let guard: SqlGuard;
beforeAll(async () => {
  guard = await loadGuard();
});

describe.each(Object.values(builtInDialects).map((dialect) => [dialect.name, dialect] as const))(
  'a change in %s',
  (_, dialect) => {
    const native = dialect.name === 'bigquery' || dialect.name === 'databricks' ? 'STRING' : 'VARCHAR';

    it.each(changes(native))('to %s is one UPDATE of the table that the guard lets pass', (_title, change) => {
      const table = { kind: 'named', parts: ['shop', 'orders'] } as const;
      const where = { kind: 'user_sql', sql: 'id > 0', columns: ['id'] } as const;
      const fixed = guard.fix(rowChangeSql(change, { table, where }, dialect), dialect);
      expect(fixed).toMatchObject({ change: 'update', target: ['shop', 'orders'] });
    });
  },
);

it('stands on lines of its own, as people write it', () => {
  const [, , choice] = changes('VARCHAR');
  const table = { kind: 'named', parts: ['orders'] } as const;
  expect(choice && rowChangeSql(choice[1], { table }, builtInDialects.duckdb)).toBe(
    [
      'UPDATE "orders"',
      'SET "order status" = CASE',
      `  WHEN ("parent" IS NULL) THEN 'o''clock\\'`,
      'END',
      'WHERE ("parent" IS NULL)',
    ].join('\n'),
  );
});

import type { Cell, ColumnExpression, Row, Statement } from '@aegis/spec';
import { aggregate, compare, isIn } from '@aegis/sql';
import { constant } from './edges.js';
import { ask, type EvidenceTable } from './evidence-table.js';
import { failingText } from './fact.js';
import type { FailingCase } from './failing-case.js';
import { nearValueProbes } from './near-value-probes.js';
import type { Guess } from './probe.js';
import { shownValue } from './segment.js';

const mostKeys = 2_000;
const mostVariants = 400;

/** What keys without a parent may have meant: one statement asks the parent's keys, a second one where they are many. */
export const referenceProbes = async (
  table: EvidenceTable,
  failing: FailingCase,
  sample: readonly Row[],
): Promise<readonly Guess[]> => {
  const { test: rowTest } = failing;
  if (rowTest.kind !== 'unmatched') return [];
  const [key, parent] = [rowTest.keys[0], rowTest.referenceKeys[0]];
  if (!key || !parent || rowTest.keys.length > 1) return [];
  const from = { table: rowTest.reference };
  const cells = sample.map((row) => row[key.name] ?? null);
  if (key.type.kind === 'integer') return beyondProbes(table, failing, key, parent);
  if (key.type.kind !== 'text' || parent.type.kind !== 'text') return [];
  const all: Statement = { kind: 'rows', from, columns: [parent], limit: mostKeys };
  const keys = await ask(table, all, mostKeys, [failing]);
  const right = keys.length < mostKeys ? keys : await present(table, failing, parent, cells);
  const texts = right.flatMap((row) => (row[parent.name] == null ? [] : [String(row[parent.name])]));
  return nearValueProbes(key, cells, texts, 'a key of the reference');
};

/** Other spellings of the failing keys that the parent has. */
const present = (
  table: EvidenceTable,
  failing: FailingCase,
  parent: ColumnExpression,
  cells: readonly Cell[],
): Promise<readonly Row[]> => {
  if (failing.test.kind !== 'unmatched') return Promise.resolve([]);
  const variants = [...new Set(cells.flatMap((cell) => (cell === null ? [] : spellings(String(cell)))))];
  const values = variants.slice(0, mostVariants).flatMap((value) => constant(parent, value) ?? []);
  const from = { table: failing.test.reference };
  const statement: Statement = {
    kind: 'rows',
    from,
    columns: [parent],
    condition: isIn(parent, values),
    limit: mostVariants,
  };
  return values.length === 0 ? Promise.resolve([]) : ask(table, statement, mostVariants, [failing]);
};

const spellings = (text: string): readonly string[] => {
  const trimmed = text.trim();
  const words = `${trimmed.slice(0, 1).toUpperCase()}${trimmed.slice(1).toLowerCase()}`;
  return [trimmed, trimmed.toLowerCase(), trimmed.toUpperCase(), words, trimmed.replace(/^0+(?=\w)/, '')].filter(
    (variant) => variant !== text,
  );
};

/** Whether keys lie beyond the largest one that there is: their parents may come later. */
const beyondProbes = async (
  table: EvidenceTable,
  failing: FailingCase,
  key: ColumnExpression,
  parent: ColumnExpression,
): Promise<readonly Guess[]> => {
  if (failing.test.kind !== 'unmatched') return [];
  const measures = [{ alias: 'm0', expression: aggregate('max', parent) }];
  const [row = {}] = await ask(table, { kind: 'aggregate', from: { table: failing.test.reference }, measures }, 1, [
    failing,
  ]);
  const largest = row.m0 ?? null;
  const limit = largest === null ? undefined : constant(key, largest);
  if (!limit) return [];
  return [
    {
      condition: compare(key, '>', limit),
      tell: ({ failing: all, segmentFailing }) =>
        segmentFailing < all * 0.2
          ? undefined
          : {
              kind: 'beyond_reference',
              sentence: `${failingText(segmentFailing, all)} have ${key.name} above ${shownValue(key, largest)}, the largest key of the reference: it may not be loaded that far.`,
              numbers: { column: key.name, values: { [key.name]: largest } },
            },
    },
  ];
};

import { expect, it } from 'vitest';
import { annotations, nothingRan } from './annotations.ts';
import { relocate, type Sarif, type SarifEntry } from './sarif.ts';

const entry = (level: SarifEntry['level'], uri = 'rules/a.yaml'): SarifEntry => ({
  level,
  ruleId: 'ids_unique',
  message: { text: 'Two {{rows}}.' },
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 4, startColumn: 2 } } }],
});

const sarif = (results: readonly SarifEntry[], notifications: readonly SarifEntry[] = []): Sarif => ({
  runs: [{ results, invocations: [{ toolExecutionNotifications: notifications }] }],
});

it('names the rule, the file and the line', () => {
  expect(annotations(sarif([entry('error')]))).toEqual([
    '::error title=Aegis%3A ids_unique,file=rules/a.yaml,line=4,col=2::Two {rows}.\n',
  ]);
});

it('shows ten of a kind, and says how many there are besides', () => {
  const many = [
    ...Array(12).fill(entry('error')),
    ...Array(11).fill(entry('warning')),
    ...Array(10).fill(entry('note')),
  ];
  const lines = annotations(sarif(many));
  const kinds = lines.map((line) => line.split(' ')[0]);
  expect(kinds.filter((kind) => kind === '::error')).toHaveLength(10);
  expect(kinds.filter((kind) => kind === '::warning')).toHaveLength(10);
  expect(kinds.filter((kind) => kind === '::notice')).toHaveLength(10);
  expect(lines.at(-1)).toBe('::notice title=Aegis::Not shown here: 2 errors, 1 warning, 1 notice.\n');
});

it('shows a rule that could not be judged as an error, and a note on the run without a place', () => {
  const notes = [
    { level: 'error', message: { text: 'No column.' }, associatedRule: { id: 'x' } },
    { level: 'note', message: { text: 'No history.' } },
  ] as const;
  expect(annotations(sarif([], notes))).toEqual([
    '::error title=Aegis%3A x::No column.\n',
    '::notice title=Aegis::No history.\n',
  ]);
});

it('names files relative to the repository, wherever the run was', () => {
  const uris = ['r.yaml', '../shared/a%20b%25.yaml', 'file:///repo/x.yaml', 'file:///etc/x.yaml', '../../../out.yaml'];
  const moved = relocate(sarif(uris.map((uri) => entry('error', uri))), {
    workplace: '/repo/data/eu',
    workspace: '/repo',
  });
  expect(moved.runs[0]?.results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation.uri)).toEqual(
    ['data/eu/r.yaml', 'data/shared/a%20b%25.yaml', 'x.yaml', 'file:///etc/x.yaml', '../../../out.yaml'],
  );
});

it('shows what kept a run from starting at its place', () => {
  const roots = { workplace: '/repo/data', workspace: '/repo' };
  expect(nothingRan('r.yaml:5:19: an unknown key', roots)).toMatch(
    /^::error title=Aegis%3A nothing ran,file=data\/r\.yaml,line=5,col=19::/,
  );
  expect(nothingRan('../../x.yaml:1:1: no', roots)).toBe('::error title=Aegis%3A nothing ran::../../x.yaml:1:1: no\n');
  expect(nothingRan('no such file', roots)).toBe('::error title=Aegis%3A nothing ran::no such file\n');
});

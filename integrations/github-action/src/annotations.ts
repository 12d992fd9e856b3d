import { entriesOf, pathInWorkspace, type Roots, type Sarif, type SarifEntry } from './sarif.ts';
import { workflowCommand } from './workflow-commands.ts';

/** GitHub shows so many of each kind from one step, and drops the others silently. */
const mostOfAKind = 10;

const kinds = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Commands that annotate the rules files, the first ten of each kind; the last one says how many there are besides. */
export const annotations = (sarif: Sarif): readonly string[] => {
  const entries = entriesOf(sarif);
  const shown = (['error', 'warning', 'note'] as const).map((level) => {
    const all = entries.filter((entry) => entry.level === level);
    return { level, all, kept: all.slice(0, level === 'note' ? mostOfAKind - 1 : mostOfAKind) };
  });
  const left = shown.flatMap(({ level, all, kept }) => phrase(all.length - kept.length, kinds[level]));
  return [
    ...shown.flatMap(({ kept }) => kept.map(annotation)),
    ...(left.length === 0
      ? []
      : [workflowCommand('notice', `Not shown here: ${left.join(', ')}.`, { title: 'Aegis' })]),
  ];
};

const phrase = (count: number, kind: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? kind : `${kind}s`}`];

const annotation = (entry: SarifEntry): string => {
  const place = entry.locations?.[0]?.physicalLocation;
  const rule = entry.ruleId ?? entry.associatedRule?.id;
  return workflowCommand(kinds[entry.level], plainText(entry.message.text), {
    title: rule === undefined ? 'Aegis' : `Aegis: ${rule}`,
    ...(place && {
      file: decodeURIComponent(place.artifactLocation.uri),
      line: place.region?.startLine,
      col: place.region?.startColumn,
    }),
  });
};

/** Messages of SARIF double their braces, which are placeholders there. */
const plainText = (message: string): string => message.replaceAll('{{', '{').replaceAll('}}', '}');

/** The command for an error that ended a run before it began, at the place that its message begins with, e.g. `rules.yaml:5:19:`. */
export const nothingRan = (message: string, roots: Roots): string => {
  const [, named, line, col] = /^([^\n]+?):(\d+):(\d+): /.exec(message) ?? [];
  const file = named === undefined ? undefined : pathInWorkspace(named, roots);
  const place = file === undefined ? {} : { file, line: Number(line), col: Number(col) };
  return workflowCommand('error', message, { title: 'Aegis: nothing ran', ...place });
};

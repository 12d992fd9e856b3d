import type { Evidence, Failure, JsonValue, RootCause } from '@aegis/spec';
import { maskEvidence } from '../redaction/mask-evidence.js';
import { maskFigures } from '../redaction/mask-figures.js';
import { cut, oneLine } from './cut.js';
import { type Fact, isSection, type Section } from './fact.js';
import { longestCell, type Masking, rowFacts } from './row-facts.js';

const longestLine = 4_000;
const mostColumns = 120;
const mostStatements = 4;
const mostEvidence = 40;

/**
 * All that is known of a failure, each with an id to cite. Rows come first: what sensitive columns hold is then known
 * when sentences and SQL are masked.
 */
export const factsOf = (failure: Failure, masking: Masking): readonly Fact[] => {
  const rows = rowFacts(failure, masking);
  const found = failure.evidence.filter(isFoundOut).slice(0, mostEvidence);
  const facts = [
    ...found.map(evidenceFact('evidence', masking)),
    ...ruleFacts(failure),
    ...statementFacts(failure),
    ...columnFacts(failure),
    ...figureFacts(failure, masking),
    ...rows,
    ...lineageFacts(failure),
  ];
  return facts.filter(isFirst).map((fact) => swept(fact, masking));
};

/** What a fix may be thought out from: tables around the failing one only where the rule says so. */
export const factsForFix = (failure: Failure, masking: Masking): readonly Fact[] =>
  factsOf(failure, masking).filter(
    ({ section }) => section !== 'lineage' || failure.rule.proposalStrategy === 'llm_with_lineage',
  );

/** What was traced upstream, then all else; where an id stands for two facts, the one about the failure gets another. */
export const causeFactsOf = (failure: Failure, found: RootCause, masking: Masking): readonly Fact[] => {
  const others = factsOf(failure, masking);
  const traced = [causeFact(found), ...found.evidence.slice(0, mostEvidence).map(evidenceFact('cause', masking))];
  const taken = new Set(traced.map(({ evidence: { id } }) => id));
  return [...traced.map((fact) => swept(fact, masking)), ...others.map((fact) => relabelled(fact, taken))];
};

const relabelled = (fact: Fact, taken: ReadonlySet<string>): Fact =>
  taken.has(fact.evidence.id) ? { ...fact, evidence: { ...fact.evidence, id: `diagnosis-${fact.evidence.id}` } } : fact;

/** Facts of ours that an earlier step cited are made anew. */
const isFoundOut = ({ kind }: Evidence): boolean => !isSection(kind);

const isFirst = ({ evidence: { id } }: Fact, index: number, facts: readonly Fact[]): boolean =>
  facts.findIndex(({ evidence }) => evidence.id === id) === index;

/** Nothing is shown that a last look would mask. */
const swept = (fact: Fact, { redactor }: Masking): Fact => ({
  ...fact,
  text: cut(redactor.text(fact.text), longestLine),
});

/** A fact whose line is all that there is to it. */
const lineFact = (section: Section, id: string, line: string, numbers: Evidence['numbers'] = {}): Fact => ({
  section,
  text: line,
  evidence: { id, kind: section, sentence: line, numbers },
});

const ruleFacts = ({ rule, result, context: { dialect, target } }: Failure): readonly Fact[] => {
  const written = JSON.stringify({
    ...{ id: rule.id, type: rule.type, description: rule.description, severity: result.effective_severity },
    ...{ table: result.table, where: rule.scope.where, params: rule.params, nulls: rule.nulls },
    ...{ fail_if: rule.failIf, warn_if: rule.warnIf, owner: rule.owner, domain: rule.domain, tags: rule.tags },
  });
  const evidence = { id: 'r1', kind: 'rule', sentence: 'The rule as it is written.', numbers: {} };
  return [
    { section: 'rule', text: written, evidence },
    lineFact('rule', 'r2', `The dialect is ${dialect}; a fix changes ${target}.`),
  ];
};

const statementFacts = ({ context: { statements } }: Failure): readonly Fact[] =>
  statements.slice(0, mostStatements).map((sql, index) => {
    const [id, sentence] = [`q${index + 1}`, `Statement ${index + 1} of the rule.`];
    return { section: 'statements', text: sql, evidence: { id, kind: 'statements', sentence, numbers: {}, sql } };
  });

const columnFacts = ({ context: { columns } }: Failure): readonly Fact[] => {
  if (columns.length === 0) return [];
  const listed = columns.slice(0, mostColumns).map(({ name, type, nullable }) => {
    const isRequired = nullable === false ? ' NOT NULL' : '';
    return `${oneLine(name, longestCell)} ${oneLine(type.native, longestCell)}${isRequired}`;
  });
  const more = columns.length > mostColumns ? [`and ${columns.length - mostColumns} more`] : [];
  return [lineFact('columns', 't1', [...listed, ...more].join('; '))];
};

const figureFacts = ({ result }: Failure, { redactor }: Masking): readonly Fact[] => {
  const { unit, rows_checked, rows_failed, failed_percent, failed_by, rows_sampled } = result;
  const counts = { unit, rows_checked, rows_failed, failed_percent, rows_sampled, ...failed_by };
  const known = Object.entries(counts).filter(([, value]) => value !== null);
  const masked = (figures: Evidence['numbers']) => maskFigures(figures, redactor, result.columns);
  return [
    figureFact('f1', 'Failed', Object.fromEntries(known)),
    figureFact('f2', 'Observed', masked(result.observed)),
    figureFact('f3', 'Expected', masked(result.expected)),
  ];
};

/** People read the figures as a list. */
const figureFact = (id: string, name: string, numbers: Evidence['numbers']): Fact => {
  const listed = Object.entries(numbers).map(([key, value]) => `${key} ${plainValue(value)}`);
  const evidence = { id, kind: 'figures', sentence: `${name}: ${listed.join(', ') || 'nothing'}.`, numbers };
  return { section: 'figures', text: `${name}: ${JSON.stringify(numbers)}`, evidence };
};

const plainValue = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The numbers come first: they hold the values that the sentence repeats. */
const evidenceFact =
  (section: Section, { redactor }: Masking) =>
  (evidence: Evidence): Fact => {
    const { numbers, sentence } = maskEvidence(evidence, redactor);
    const shown = Object.keys(numbers).length === 0 ? '' : ` ${JSON.stringify(numbers)}`;
    return { section, evidence, text: `${oneLine(sentence, longestLine)}${shown}` };
  };

const lineageFacts = ({ context: { upstream, downstream } }: Failure): readonly Fact[] => [
  ...tablesFact('l1', 'Upstream, which the table is made from', upstream),
  ...tablesFact('l2', 'Downstream, made from the table', downstream),
];

const tablesFact = (id: string, name: string, tables: readonly string[]): readonly Fact[] => {
  if (tables.length === 0) return [];
  return [lineFact('lineage', id, `${name}: ${tables.map((table) => oneLine(table, longestCell)).join(', ')}`)];
};

const causeFact = ({ dataset, column, operation, kind, path }: RootCause): Fact =>
  lineFact('cause', 'c1', `${kind}: ${JSON.stringify({ dataset, column, operation, path })}`);

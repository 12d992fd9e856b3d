import type { FailedRule, GatheredEvidence } from '@aegis/engine';
import type { Rule, TracedDataset } from '@aegis/spec';
import { messageOf } from '../../message-of.js';
import type { RunPorts } from '../../ports.js';
import { columnsRead } from '../derive-rule.js';
import type { Fact } from '../finding.js';
import { Lab } from '../lab.js';
import { profileRuleId } from './baseline-key.js';
import { changedTableFacts } from './changed-table-facts.js';
import { type ChangedTable, surveyChanges } from './survey-changes.js';
import { judgesTables, type WholeTable, wholeTablesOf } from './whole-tables.js';

type Found = Pick<GatheredEvidence, 'facts' | 'notes'>;

/**
 * Compares tables that rules about all of them do not hold for with what they were in the last run in which all such rules
 * did: one statement a table, whose cost the failing rules share. By rule id; like all evidence, it never rejects.
 */
export const compareTables = async (
  failed: readonly FailedRule[],
  ports: RunPorts,
): Promise<ReadonlyMap<string, GatheredEvidence>> => {
  const { baseline, options } = ports;
  const about = failed.filter(({ rule }) => judgesTables(rule, options.types));
  const [first] = about;
  if (!first || baseline.mode === 'off' || options.sampleRows === 0) return new Map();
  const started = performance.now();
  const comparison = new Comparison(new Lab(ports, first.rule, first.result.warehouse, 'evidence'));
  const found = new Map<string, Found>();
  for (const { rule, result } of about) found.set(rule.id, await comparison.of(rule, result.warehouse));
  const cost = comparison.costFor(about.length, performance.now() - started);
  return new Map([...found].map(([id, each]) => [id, { ...each, ...cost }]));
};

/** Each table is looked at once, whatever the number of rules that ask. */
class Comparison {
  readonly #lab: Lab;
  readonly #surveys = new Map<string, Promise<ChangedTable | undefined>>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async of(rule: Rule, warehouse: string): Promise<Found> {
    try {
      const tables = wholeTablesOf(rule, warehouse, this.#lab.types);
      const facts: Fact[] = [];
      for (const table of tables) facts.push(...(await this.#factsAbout(table, tables.length > 1, rule)));
      return { facts, notes: this.#notes() };
    } catch (error) {
      return { facts: [], notes: [uncompared(rule.id, messageOf(error))] };
    }
  }

  /** A rule's share of what was asked. */
  costFor(sharers: number, durationMs: number): Omit<GatheredEvidence, 'facts' | 'notes'> {
    const { statements, bytesScanned } = this.#lab.spent;
    return {
      ...{ statements: statements / sharers, durationMs: durationMs / sharers },
      bytesScanned: bytesScanned === null ? null : bytesScanned / sharers,
    };
  }

  async #factsAbout({ dataset, relation }: WholeTable, isOneOfTwo: boolean, rule: Rule): Promise<readonly Fact[]> {
    const changed = await this.#survey(dataset);
    if (!changed) return [];
    const columns = relation === 'target' ? await this.#columnsOf(rule) : this.#columnsOfSource(rule);
    return changedTableFacts(changed, { columns, name: isOneOfTwo ? dataset.name : undefined });
  }

  #survey(dataset: TracedDataset): Promise<ChangedTable | undefined> {
    const key = JSON.stringify([dataset.warehouse, dataset.table]);
    const known = this.#surveys.get(key) ?? surveyChanges(dataset, this.#lab, profileRuleId);
    this.#surveys.set(key, known);
    return known;
  }

  async #columnsOf(rule: Rule): Promise<readonly string[]> {
    return columnsRead(rule, this.#lab.types, await this.#lab.sqlColumns(rule));
  }

  #columnsOfSource({ type, params }: Rule): readonly string[] {
    const { columns } = this.#lab.types.get(type).requires(params);
    return columns.filter(({ relation }) => relation === 'source').map(({ name }) => name);
  }

  #notes(): readonly string[] {
    return this.#lab.unread.map(({ dataset, reason }) => uncompared(dataset, reason));
  }
}

/** As evidence says it; engines explain themselves over several lines, of which the first says what is wrong. */
const uncompared = (name: string, reason: string): string =>
  `${name} was not compared with its last good run: ${reason.split('\n')[0]}`;

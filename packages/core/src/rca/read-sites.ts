import type { Rule, TracedDataset } from '@aegis/spec';
import { columnsRead, deriveRule } from './derive-rule.js';
import type { Case, Symptom } from './finding.js';
import type { Lab } from './lab.js';
import { type Reading, unknownReading } from './reading.js';
import { mostSites, type Site, sitesBeyond, sitesOf } from './sites.js';
import { sameName } from './trace-index.js';
import type { ReadSite } from './walk.js';

/** A rule as a dataset would be asked it; `undefined` where it cannot be asked. */
interface AskedSite {
  readonly site: Site;
  readonly rule: Rule | undefined;
}

/** Where the columns of a rule were carried unchanged, and the rule in the words of each place. The symptom itself leads. */
export const askedSites = async (
  symptom: Symptom,
  { index, lab }: Pick<Case, 'index' | 'lab'>,
): Promise<readonly AskedSite[]> => {
  const { dataset, rule } = symptom;
  const columns = columnsRead(rule, lab.types, await lab.sqlColumns(rule));
  const sites = columns.length === 0 ? [{ dataset, columns }] : sitesOf(index, dataset, columns);
  return sites.map((site) => ({ site, rule: site.child ? ruleAt(rule, site, columns, lab) : rule }));
};

/** The rule as a dataset would be asked it, whose columns are those of the site in the same order. */
export const ruleAt = (rule: Rule, site: Site, columns: readonly string[], lab: Lab): Rule | undefined => {
  const { table } = site.dataset;
  if (table === null) return undefined;
  const column = (name: string) => site.columns[columns.findIndex((known) => sameName(known, name))];
  const elsewhere = { id: rule.id, table, warehouse: lab.warehouseNameOf(site.dataset), column };
  return deriveRule(rule, elsewhere, lab.types, lab.dialectOf(site.dataset));
};

/** Asks every ancestor, datasets side by side; the reading of the symptom itself leads. */
export const readSites = async (symptom: Symptom, context: Case): Promise<readonly ReadSite[]> => {
  const asked = await askedSites(symptom, context);
  const [own, ...above] = asked;
  if (!own) return [];
  const beyond = sitesBeyond(
    context.index,
    asked.map(({ site }) => site),
  );
  const readings = await judgeAll(above, context.lab);
  return [
    { site: own.site, reading: symptom.reading, rule: symptom.rule },
    ...above.map(({ site, rule }, index) => ({ site, rule, reading: readings[index] ?? cannotBeAsked })),
    ...beyond.map((site) => ({ site, reading: tooMany })),
  ];
};

const cannotBeAsked = unknownReading('the rule cannot be asked there');
const tooMany = unknownReading(`the columns come from more than ${mostSites} tables, of which the nearest are asked`);

/** Readings in the order of what was asked; one dataset is asked once, for all of its rules. */
export const judgeAll = async (
  asked: readonly { readonly site: Pick<Site, 'dataset'>; readonly rule: Rule | undefined }[],
  lab: Lab,
): Promise<readonly (Reading | undefined)[]> => {
  const byDataset = new Map<string, { dataset: TracedDataset; rules: Rule[] }>();
  for (const { site, rule } of asked) {
    if (!rule) continue;
    const group = byDataset.get(site.dataset.id) ?? { dataset: site.dataset, rules: [] };
    group.rules.push(rule);
    byDataset.set(site.dataset.id, group);
  }
  await Promise.all([...byDataset.values()].map(({ dataset, rules }) => lab.judge(dataset, rules)));
  return Promise.all(
    asked.map(async ({ site, rule }) => (rule ? (await lab.judge(site.dataset, [rule]))[0] : undefined)),
  );
};

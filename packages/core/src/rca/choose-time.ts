import type { Case, Fact, Finding } from './finding.js';
import type { Site } from './sites.js';
import { surveyHours } from './survey/survey-hours.js';

/** Of several times that contradict each other, the one whose hours differ most between segments is the one that moved. */
export const chooseTime = async (
  finding: Finding,
  { columns }: Pick<Site, 'columns'>,
  { lab }: Case,
): Promise<Finding> => {
  if (columns.length < 2) return finding;
  const hours = await surveyHours(finding.dataset, columns, lab);
  const [moved] = hours;
  if (!moved) return finding;
  const { dimension, value, is } = moved.contrast;
  const fact: Fact = {
    kind: 'hours_differ',
    sentence:
      `In ${finding.dataset.name}, where ${dimension} ${is === 'from' ? 'from' : '='} ${value ?? 'NULL'}, ` +
      `${moved.column} is ${moved.contrast.figure.toFixed(1)} hours off what it is elsewhere.`,
    numbers: { dataset: finding.dataset.name, column: moved.column, values: { [dimension]: value } },
    sql: moved.sql,
  };
  return { ...finding, column: moved.column, facts: [fact, ...finding.facts] };
};

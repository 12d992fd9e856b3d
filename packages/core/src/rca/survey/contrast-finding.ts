import type { Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import type { TraceIndex } from '../trace-index.js';
import type { RelevantColumns } from '../trials/relevant-columns.js';
import { type SurveyedContrast, surveyContrast } from './survey-contrast.js';

/** A number of a source that is not the same in one segment as elsewhere, where the failing figure is made from it. */
export const contrastFinding = async (
  symptom: Symptom,
  relevant: RelevantColumns,
  index: TraceIndex,
  lab: Lab,
): Promise<Finding | undefined> => {
  const sources = index.datasets.filter(({ id }) => index.parentsOf(id).length === 0 && relevant.has(id));
  const surveyed = await Promise.all(
    sources.map(async (dataset) => {
      const wanted = relevant.get(dataset.id);
      const contrasts = await surveyContrast(dataset, (column) => wanted?.has(column.toLowerCase()) ?? false, lab);
      return contrasts.slice(0, 1).map((surveyed) => ({ dataset, surveyed }));
    }),
  );
  const [found] = surveyed.flat().sort((a, b) => b.surveyed.contrast.strength - a.surveyed.contrast.strength);
  if (!found) return undefined;
  return {
    ...{ dataset: found.dataset, column: found.surveyed.column, operation: undefined, kind: 'source' },
    path: pathBetween(index, symptom.dataset, found.dataset),
    facts: [contrastFact(found.dataset.name, found.surveyed)],
    confidence: 'medium',
  };
};

const contrastFact = (dataset: string, { column, contrast, sql }: SurveyedContrast) => {
  const { dimension, value, is, how, figure, rows } = contrast;
  const where = `${dimension} ${is === 'from' ? 'from' : '='} ${value ?? 'NULL'}${is === 'from' ? ' on' : ''}`;
  const said = {
    scale: `the mean of ${column} is ${rounded(figure)} times what it is elsewhere`,
    nulls: `${column} is NULL in ${Math.round(figure * 100)} % of rows, and seldom elsewhere`,
    constant: `every row has ${column} = ${rounded(figure)}, which varies elsewhere`,
    shift: `the mean of ${column} is ${rounded(figure)} above what it is elsewhere`,
  };
  return {
    kind: 'segment_contrast',
    sentence: `In ${dataset}, where ${where} (${rows} rows), ${said[how]}.`,
    numbers: {
      ...{ dataset, column, is, rows },
      ...(how === 'constant'
        ? { values: { [dimension]: value, [column]: rounded(figure) } }
        : { values: { [dimension]: value }, [how]: figure }),
    },
    sql,
  };
};

const rounded = (figure: number): string => Number(figure.toPrecision(3)).toString();

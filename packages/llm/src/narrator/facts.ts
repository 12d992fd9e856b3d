import type { Evidence, Failure, JsonObject } from '@aegis/spec';

/**
 * What a claim may cite: the evidence that was found, and, under ids of their own (`f1`, …), the figures of the result. In
 * the order in which they are told.
 */
export const factsOf = ({ evidence, result }: Failure): readonly Evidence[] => {
  const { rows_checked: checked, rows_failed: failed, failed_percent: percent, unit, rows_sampled: sampled } = result;
  const figures: readonly (readonly [string, string, JsonObject])[] = [
    [
      'failed',
      `${failed ?? 'An unknown number of'} ${unit} failed${checked === null ? '' : ` of ${checked} rows checked`}${percent === null ? '' : `, ${percent} %`}.`,
      { rows_checked: checked, rows_failed: failed, failed_percent: percent, rows_sampled: sampled },
    ],
    ['observed', `Observed: ${JSON.stringify(result.observed)}.`, result.observed],
    ['expected', `Expected: ${JSON.stringify(result.expected)}.`, result.expected],
    ...(result.sample.length === 0
      ? []
      : [['sample', `${result.sample.length} failing rows were read as examples.`, {}] as const]),
  ];
  const taken = new Set(evidence.map(({ id }) => id));
  const ids = freeIds(taken);
  return [...evidence, ...figures.map(([kind, sentence, numbers]) => ({ id: ids(), kind, sentence, numbers }))];
};

const freeIds = (taken: ReadonlySet<string>): (() => string) => {
  let number = 0;
  return () => {
    do number += 1;
    while (taken.has(`f${number}`));
    return `f${number}`;
  };
};

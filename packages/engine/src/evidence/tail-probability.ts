/** Rows inside and outside of a segment, and how many of them fail. */
export interface Split {
  readonly rows: number;
  readonly failing: number;
  readonly segmentRows: number;
  readonly segmentFailing: number;
}

/**
 * How likely a segment of so many rows holds at least so many of the failing ones when rows fail independently of it: the
 * upper tail of the hypergeometric distribution (Fisher's exact test, one-sided).
 */
export const tailProbability = ({ rows, failing, segmentRows, segmentFailing }: Split): number => {
  const most = Math.min(failing, segmentRows);
  if (segmentFailing <= Math.max(0, failing + segmentRows - rows)) return 1;
  let term = Math.exp(logProbability({ rows, failing, segmentRows, segmentFailing }));
  let sum = 0;
  for (let count = segmentFailing; count <= most && term > sum * 1e-12; count += 1) {
    sum += term;
    const next =
      ((failing - count) * (segmentRows - count)) / ((count + 1) * (rows - failing - segmentRows + count + 1));
    term *= next;
  }
  return Math.min(1, sum);
};

const logProbability = ({ rows, failing, segmentRows, segmentFailing }: Split): number =>
  logChoose(segmentRows, segmentFailing) +
  logChoose(rows - segmentRows, failing - segmentFailing) -
  logChoose(rows, failing);

const logChoose = (all: number, chosen: number): number =>
  logFactorial(all) - logFactorial(chosen) - logFactorial(all - chosen);

/** Stirling's series; its first terms are exact to 12 digits from 10 on, and smaller numbers are multiplied up to it. */
const logFactorial = (number: number): number => {
  let [value, below] = [number + 1, 0];
  for (; value < 10; value += 1) below += Math.log(value);
  const inverse = 1 / value;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (value - 0.5) * Math.log(value) - value + Math.log(2 * Math.PI) / 2 + series - below;
};

/** How much better two rates explain what fails than one does: the log of the ratio of likelihoods, 0 and more. */
export const gain = ({ rows, failing, segmentRows, segmentFailing }: Split): number =>
  logLikelihood(segmentFailing, segmentRows) +
  logLikelihood(failing - segmentFailing, rows - segmentRows) -
  logLikelihood(failing, rows);

const logLikelihood = (failing: number, rows: number): number =>
  timesLog(failing, rows) + timesLog(rows - failing, rows);

const timesLog = (part: number, whole: number): number => (part === 0 ? 0 : part * Math.log(part / whole));

/** Rate inside over rate outside; infinite where nothing outside fails. */
export const riskRatio = (split: Split): number => {
  const { rows, failing, segmentRows, segmentFailing } = split;
  if (failing === segmentFailing) return Number.POSITIVE_INFINITY;
  const inside = segmentFailing / segmentRows;
  return inside / ((failing - segmentFailing) / (rows - segmentRows));
};

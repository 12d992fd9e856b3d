import { type CanonicalForm, type ColumnKind, type ColumnType, PlanError } from '@aegis/spec';
import Big from 'big.js';

/** How the values of two columns are compared, once it is sure that they can be. */
export const pairForm = (left: ColumnType, right: ColumnType, digits?: number): CanonicalForm => {
  const kinds = [left.kind, right.kind];
  if (kinds.includes('float')) return digits === undefined ? { kind: 'double' } : { kind: 'double', digits };
  if (kinds.includes('uuid')) return { kind: 'uuid' };
  const kind = formKinds[left.kind];
  if (kind === undefined) throw new PlanError('internal', `columns of kind ${left.kind} are not compared`);
  return digits === undefined || !rounds(kind) ? { kind } : { kind, digits };
};

const formKinds: { readonly [kind in ColumnKind]?: Exclude<CanonicalForm['kind'], 'double' | 'uuid'> } = {
  integer: 'number',
  decimal: 'number',
  date: 'instant',
  timestamp: 'instant',
  timestamptz: 'instant',
  time: 'time',
  text: 'text',
  boolean: 'boolean',
  bytes: 'bytes',
};

const rounds = (kind: CanonicalForm['kind']): kind is 'number' | 'instant' | 'time' =>
  kind === 'number' || kind === 'instant' || kind === 'time';

/**
 * A form in which values that have equal texts differ by no more than the tolerance: what checksums are made of. Values
 * within the tolerance of each other may still have different texts; their bucket is read, and they are found to agree.
 */
export const formWithin = (form: CanonicalForm, tolerance: string | undefined): CanonicalForm => {
  const digits = tolerance === undefined ? undefined : digitsWithin(tolerance);
  if (digits === undefined) return form;
  if (form.kind === 'double') return digits > mostFloatDigits ? form : { ...form, digits };
  if (form.kind === 'number') return digits > mostDigits ? form : { ...form, digits };
  if (form.kind === 'instant' || form.kind === 'time') return digits > mostTimeDigits ? form : { ...form, digits };
  return form;
};

const mostDigits = 37;
/** Of a double below 10^15, so that all digits fit into an exact number of 38. */
const mostFloatDigits = 15;
const mostTimeDigits = 6;

/** The fewest digits with which two values that round to the same differ by at most half the tolerance. */
const digitsWithin = (tolerance: string): number | undefined => {
  const half = new Big(tolerance).div(2);
  if (half.eq(0)) return undefined;
  let digits = 0;
  for (let step = new Big(1); step.gt(half); step = step.div(10)) digits += 1;
  return digits;
};

/** The form under which rows are parted when their keys cannot be hashed alike: equal keys stay together all the same. */
export const coarseForm = (form: CanonicalForm): CanonicalForm =>
  form.kind === 'double' || form.kind === 'instant' ? { ...form, coarse: true } : form;

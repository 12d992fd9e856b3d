import { ownValue } from '../source/values.js';
import type { ServiceLevel } from './contract-schema.js';
import { type Context, cannot, type Meaning, means, type Promised } from './promise.js';
import { columnOf, type Subject } from './subject.js';

/** A service level, and the table that it is about; without a table it is about the contract. */
export interface PlacedLevel {
  readonly subject: Subject | undefined;
  readonly promised: Promised;
}

/** What `slaProperties` promise: how old data may be becomes rules; everything else is about the service. */
export const serviceLevels = (context: Context): readonly PlacedLevel[] =>
  context.contract.slaProperties.flatMap((level, index) =>
    elementsOf(level, context).map((element, part) => {
      const target = targetOf(element, context);
      const found = typeof target === 'string' ? undefined : target;
      return {
        subject: found?.subject,
        promised: {
          check: level.property,
          key: keyOf(level, context.contract.slaProperties.slice(0, index), part),
          at: ['slaProperties', index],
          meaning: typeof target === 'string' ? aboutService(level, target) : levelMeaning(level, target, context),
          description: level.description,
        },
      };
    }),
  );

const synonyms: { readonly [short: string]: string } = { ly: 'latency', fy: 'frequency', freshness: 'latency' };

const kindOf = ({ property }: ServiceLevel): string =>
  ownValue(synonyms, property.toLowerCase()) ?? property.toLowerCase();

/** Its kind, numbered from the second of it on where it has no id. */
const keyOf = (level: ServiceLevel, before: readonly ServiceLevel[], part: number): string => {
  const same = before.filter((each) => kindOf(each) === kindOf(level)).length;
  const number = same === 0 ? undefined : same + 1;
  return [kindOf(level), level.id ?? number, part === 0 ? undefined : part + 1]
    .filter((each) => each !== undefined)
    .join('_');
};

/** Several elements are separated by commas. */
const elementsOf = ({ element }: ServiceLevel, { contract }: Context): readonly string[] => {
  const elements = (element ?? contract.slaDefaultElement ?? '').split(',').map((each) => each.trim());
  const named = elements.filter((each) => each !== '');
  return named.length === 0 ? [''] : named;
};

interface Target {
  readonly subject: Subject;
  readonly column: string | undefined;
}

/** `orders.placed_at`, `orders`, or `placed_at` where there is one object; by names or physical names. */
const targetOf = (element: string, { objects }: Context): Target | string => {
  const [only, ...others] = objects;
  if (element === '')
    return only && others.length === 0 ? { subject: only, column: undefined } : 'it does not say about which element';
  const whole = objects.find((each) => isCalled(each.object, element));
  if (whole) return { subject: whole, column: undefined };
  const dot = element.lastIndexOf('.');
  const owner = dot < 0 ? soleOf(objects) : objects.find((each) => isCalled(each.object, element.slice(0, dot)));
  if (owner === undefined) return `${dot < 0 ? element : element.slice(0, dot)} is not in the contract`;
  const name = element.slice(dot + 1);
  const property = owner.object.properties.find((each) => isCalled(each, name));
  return property === undefined
    ? `${owner.object.name} has no property ${name}`
    : { subject: owner, column: columnOf(property) };
};

const soleOf = (objects: readonly Subject[]): Subject | undefined => (objects.length === 1 ? objects[0] : undefined);

const isCalled = (
  { name, physicalName }: { readonly name: string; readonly physicalName?: string | undefined },
  wanted: string,
): boolean => name === wanted || physicalName === wanted;

/** How old data may be is said of the newest value of a column, else of the last change of the table. */
const levelMeaning = (level: ServiceLevel, { subject, column }: Target, context: Context): Meaning => {
  if (kindOf(level) === 'latency') return ageRule(column, minutesOf(level));
  if (kindOf(level) !== 'frequency') return aboutService(level, undefined);
  return ageRule(column, sum(minutesOf(level), column === undefined ? 0 : latencyOf(subject, column, context)));
};

const aboutService = (level: ServiceLevel, fault: string | undefined): Meaning => {
  const kind = kindOf(level);
  if (kind === 'latency' || kind === 'frequency') return cannot(fault ?? 'it has no length');
  if (kind === 'retention' || kind === 're') return cannot('how long data is kept has no rule type');
  return cannot('it is about the service, not about the data');
};

/** Data that comes every day, four days late, is up to five days old. */
const latencyOf = (subject: Subject, column: string, context: Context): number | string => {
  const minutes = context.contract.slaProperties
    .filter((level) => kindOf(level) === 'latency')
    .filter((level) =>
      elementsOf(level, context).some((element) => {
        const target = targetOf(element, context);
        return typeof target !== 'string' && target.subject === subject && target.column === column;
      }),
    )
    .map(minutesOf)
    .filter((each) => typeof each === 'number');
  return minutes.length === 0 ? 0 : Math.min(...minutes);
};

const sum = (one: number | string, other: number | string): number | string =>
  typeof one === 'number' && typeof other === 'number' ? one + other : typeof one === 'string' ? one : other;

const lengths: readonly (readonly [pattern: RegExp, minutes: number])[] = [
  [/^(s|sec|secs|seconds?)$/i, 1 / 60],
  [/^(m|min|mins|minutes?)$/i, 1],
  [/^(h|hr|hrs|hours?)$/i, 60],
  [/^(d|days?)$/i, 1440],
  [/^(w|wk|weeks?)$/i, 10_080],
];

/** The length in minutes, or why it has none. */
const minutesOf = ({ value, unit = 'd' }: ServiceLevel): number | string => {
  const amount = typeof value === 'string' ? Number(value.trim() || 'none') : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0)
    return `its value is no length: ${String(value)}`;
  const [, minutes] = lengths.find(([pattern]) => pattern.test(unit.trim())) ?? [];
  return minutes === undefined ? `${unit} is no unit of one length` : amount * minutes;
};

const ageRule = (column: string | undefined, minutes: number | string): Meaning => {
  if (typeof minutes === 'string') return cannot(minutes);
  const [unit, length] = units.find(([, each]) => minutes % each === 0) ?? units[units.length - 1] ?? ['minutes', 1];
  const threshold = Number((minutes / length).toFixed(6));
  return means({ type: 'freshness', ...(column !== undefined && { column }), threshold, unit });
};

const units: readonly (readonly [unit: string, minutes: number])[] = [
  ['days', 1440],
  ['hours', 60],
  ['minutes', 1],
];

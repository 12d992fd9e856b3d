interface Side {
  /** Digits, as the file has them. */
  readonly bound: string;
  readonly isIncluded: boolean;
}

/** Values between two sides, or all others. */
export interface Zone {
  readonly lower: Side | undefined;
  readonly upper: Side | undefined;
  readonly isOutside: boolean;
}

const number = '-?\\d+(?:\\.\\d+)?';
const compared = new RegExp(`^(?<operator><=|>=|<>|!=|<|>|=)\\s*(?<bound>${number})\\s*%?$`);
const between = new RegExp(
  `^(?<not>not )?between (?<open>[[(])?\\s*(?<low>${number})\\s*%? and (?<high>${number})\\s*%?\\s*(?<close>[\\])])?$`,
);

/** Reads `> 5`, `between 1 and 10`, `not between (0 and 1]`, `< 5%`; `undefined` for what is no such condition. */
export const readZone = (text: string): Zone | undefined => {
  const condition = text.trim().replaceAll(/\s+/g, ' ');
  const { operator, bound } = compared.exec(condition)?.groups ?? {};
  if (operator !== undefined && bound !== undefined) return comparedZone(operator, bound);
  const { not, open, low, high, close } = between.exec(condition)?.groups ?? {};
  if (low === undefined || high === undefined || Number(low) > Number(high)) return undefined;
  return {
    lower: { bound: low, isIncluded: open !== '(' },
    upper: { bound: high, isIncluded: close !== ')' },
    isOutside: not !== undefined,
  };
};

const comparedZone = (operator: string, bound: string): Zone => {
  const included = { bound, isIncluded: true };
  const excluded = { bound, isIncluded: false };
  if (operator === '=') return { lower: included, upper: included, isOutside: false };
  if (operator === '!=' || operator === '<>') return { lower: included, upper: included, isOutside: true };
  const side = operator.endsWith('=') ? included : excluded;
  return operator.startsWith('<')
    ? { lower: undefined, upper: side, isOutside: false }
    : { lower: side, upper: undefined, isOutside: false };
};

/** All other values. */
export const inverse = (zone: Zone): Zone => simplest({ ...zone, isOutside: !zone.isOutside });

/** Outside a half is the other half. */
const simplest = (zone: Zone): Zone => {
  const { lower, upper, isOutside } = zone;
  if (!isOutside || (lower && upper)) return zone;
  return { lower: flipped(upper), upper: flipped(lower), isOutside: false };
};

const flipped = (side: Side | undefined): Side | undefined =>
  side && { bound: side.bound, isIncluded: !side.isIncluded };

/** Whether SQL lies in the zone. */
export const zoneSql = ({ lower, upper, isOutside }: Zone, sql: string): string => {
  const inside = [
    ...(lower ? [`${sql} ${lower.isIncluded ? '>=' : '>'} ${lower.bound}`] : []),
    ...(upper ? [`${sql} ${upper.isIncluded ? '<=' : '<'} ${upper.bound}`] : []),
  ].join(' and ');
  return isOutside ? `not (${inside})` : inside;
};

/** The zone as a condition on a count, which is never below zero: `> 5` or `>= 3`; `undefined` where it has another form. */
export const countCondition = ({ lower, upper, isOutside }: Zone): string | undefined => {
  if (!isOutside) return lower && !upper ? `${lower.isIncluded ? '>=' : '>'} ${lower.bound}` : undefined;
  const isFromZero = lower === undefined || Number(lower.bound) < 0 || (Number(lower.bound) === 0 && lower.isIncluded);
  return isFromZero && upper ? `${upper.isIncluded ? '>' : '>='} ${upper.bound}` : undefined;
};

/** The zone as bounds that both belong to it; `undefined` where they do not. */
export const inclusiveBounds = ({ lower, upper, isOutside }: Zone) =>
  isOutside || lower?.isIncluded === false || upper?.isIncluded === false
    ? undefined
    : { ...(lower && { min_value: Number(lower.bound) }), ...(upper && { max_value: Number(upper.bound) }) };

/** The zone as bounds of a count, of which every integer belongs to it. */
export const integerBounds = ({ lower, upper, isOutside }: Zone) => {
  if (isOutside) return undefined;
  const min = lower && (lower.isIncluded ? Math.ceil(Number(lower.bound)) : Math.floor(Number(lower.bound)) + 1);
  const max = upper && (upper.isIncluded ? Math.floor(Number(upper.bound)) : Math.ceil(Number(upper.bound)) - 1);
  if (max !== undefined && max < (min ?? 0)) return undefined;
  return { min: min === undefined ? undefined : Math.max(min, 0), max };
};

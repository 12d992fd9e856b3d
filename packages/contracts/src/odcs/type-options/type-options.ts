import { ifWritable } from '../../words/if-writable.js';
import { type Context, cannot, type Meaning, means, type Promised } from '../promise.js';
import type { Subject } from '../subject.js';
import { itemCount } from './list-options.js';
import { integerFormat, multipleOf } from './number-options.js';
import { rangeOf } from './range-options.js';
import { lengthOf, patternOf, textFormat } from './text-options.js';

type Options = { readonly [option: string]: unknown };

interface Typed {
  readonly column: string;
  readonly logicalType: string | undefined;
  readonly options: Options;
  readonly context: Context;
}

/** Options that are one check together, or alone. */
interface OptionGroup {
  readonly key: string;
  readonly options: readonly string[];
  readonly meaning: (typed: Typed) => Meaning;
}

const groups: readonly OptionGroup[] = [
  {
    key: 'length',
    options: ['minLength', 'maxLength'],
    meaning: ({ column, options, context }) => lengthOf(column, options.minLength, options.maxLength, context),
  },
  { key: 'pattern', options: ['pattern'], meaning: ({ column, options }) => patternOf(column, options.pattern) },
  {
    key: 'range',
    options: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
    meaning: ({ column, options, logicalType, context }) => {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = options;
      return rangeOf(column, given({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }), logicalType, context);
    },
  },
  {
    key: 'multiple_of',
    options: ['multipleOf'],
    meaning: ({ column, options, logicalType, context }) =>
      multipleOf(column, options.multipleOf, logicalType, context),
  },
  {
    key: 'items',
    options: ['minItems', 'maxItems'],
    meaning: ({ column, options, context }) => itemCount(column, options.minItems, options.maxItems, context),
  },
  { key: 'enum', options: ['enum'], meaning: ({ column, options }) => listed(column, options.enum) },
  {
    key: 'format',
    options: ['format'],
    meaning: ({ column, options: { format }, logicalType }) => formatOf(column, format, logicalType),
  },
];

const given = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null));

const listed = (column: string, values: unknown): Meaning => {
  const list = Array.isArray(values) ? values.filter((value) => value !== null) : [];
  return list.length === 0
    ? cannot('enum must be a list of values')
    : means({ type: 'accepted_values', column, values: list });
};

const formatOf = (column: string, format: unknown, logicalType: string | undefined): Meaning => {
  if (logicalType === 'integer') return integerFormat(column, format);
  if (logicalType === 'string' || logicalType === undefined) return textFormat(column, format);
  return cannot(`the format ${String(format)} says how values are written or stored, not which ones are right`);
};

/** They say what a type is, and are held against it by `aegis contract check`. */
const ofTheType = ['timezone', 'defaultTimezone'];

/** What `logicalTypeOptions` promise of a column, and `enum` beside them. */
export const typeOptions = ({ property, column = '' }: Subject, context: Context): readonly Promised[] => {
  const beside = property?.enum === undefined ? {} : { enum: property.enum };
  const options = given({ ...beside, ...property?.logicalTypeOptions });
  const typed = { column, logicalType: property?.logicalType, options, context };
  const known = new Set([...groups.flatMap((group) => group.options), ...ofTheType]);
  return [
    ...groups.flatMap((group) => groupCheck(group, typed)),
    ...Object.keys(options)
      .filter((option) => !known.has(option))
      .map((option) => unknownOption(option, options[option])),
  ];
};

const groupCheck = ({ key, options: names, meaning }: OptionGroup, typed: Typed): readonly Promised[] => {
  const [first, ...others] = names.filter((name) => typed.options[name] !== undefined);
  if (first === undefined) return [];
  const said = ifWritable(() => meaning(typed), cannot);
  return [{ check: [first, ...others].join(', '), key, at: ['logicalTypeOptions', first], meaning: said }];
};

const unknownOption = (option: string, value: unknown): Promised => ({
  check: option,
  key: option,
  at: ['logicalTypeOptions', option],
  meaning: cannot(`no rule type says ${option}: ${JSON.stringify(value) ?? 'nothing'}`),
});

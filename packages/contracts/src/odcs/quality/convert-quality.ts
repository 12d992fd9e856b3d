import { isMapping } from '../../source/values.js';
import { ifWritable } from '../../words/if-writable.js';
import type { QualityCheck } from '../contract-schema.js';
import { type Context, cannot, type Meaning, type Promised } from '../promise.js';
import type { Subject } from '../subject.js';
import { customCheck } from './custom-checks.js';
import { libraryCheck, metricOf } from './library-checks.js';
import { sqlCheck } from './sql-checks.js';

/** The quality checks of an object or a property. */
export const qualityChecks = (subject: Subject, context: Context): readonly Promised[] => {
  const { quality } = subject.property ?? subject.object;
  return quality.flatMap((check, index) => {
    const promised = {
      check: nameOf(check),
      key: keyOf(check, quality.slice(0, index)),
      at: ['quality', index],
      description: check.description ?? (ownRule(check) ? undefined : check.name),
      severity: check.severity ?? 'medium',
      tags: [...dimensionOf(check), ...check.tags],
      own: ownRule(check),
    };
    const meanings = ifWritable(
      () => meaningsOf(subject, check, context),
      (reason, hint) => [cannot(reason, hint)],
    );
    return meanings.map((meaning, part) => ({
      ...promised,
      key: part === 0 ? promised.key : `${promised.key}_${part + 1}`,
      meaning,
    }));
  });
};

const kindOf = ({ type, metric, rule }: QualityCheck): string => type ?? ((metric ?? rule) ? 'library' : 'text');

const nameOf = (check: QualityCheck): string => {
  const kind = kindOf(check);
  if (kind === 'library') return metricOf(check) ?? 'library';
  return kind === 'custom' ? `custom ${String(check.engine)}` : kind;
};

/** Its id or name where it has one; else what it is, numbered from the second of its kind on. */
const keyOf = (check: QualityCheck, before: readonly QualityCheck[]): string => {
  const word = check.id ?? check.name ?? keyWord(check);
  const same = before.filter((each) => (each.id ?? each.name ?? keyWord(each)) === word).length;
  return same === 0 ? word : `${word}_${same + 1}`;
};

const keyWord = (check: QualityCheck): string =>
  nameOf(check)
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/\W+/g, '_')
    .toLowerCase();

const meaningsOf = (subject: Subject, check: QualityCheck, context: Context): readonly Meaning[] => {
  const kind = kindOf(check);
  if (kind === 'library') return [libraryCheck(subject, check, context)];
  if (kind === 'sql') return [sqlCheck(subject, check, context.dialect)];
  if (kind === 'custom') return customCheck(subject, check, context);
  return [kind === 'text' ? cannot('it is text for people') : cannot(`the standard has no checks of type ${kind}`)];
};

const dimensionOf = ({ dimension }: QualityCheck): readonly string[] =>
  typeof dimension === 'string' && dimension.trim() !== '' ? [dimension.trim()] : [];

/** Metadata of a rule that Aegis exported. */
const ownRule = ({ customProperties }: QualityCheck): { readonly [key: string]: unknown } | undefined => {
  const entries = Array.isArray(customProperties) ? customProperties.filter(isMapping) : [];
  const value = entries.find(({ property }) => property === 'aegisRule')?.value;
  return isMapping(value) ? value : undefined;
};

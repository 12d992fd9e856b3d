import { createHash } from 'node:crypto';

/** Longer names are cut, with digits of the hash behind. */
const longest = 120;

export interface Identified {
  /** Unique and the same on every machine. */
  readonly source: string;
  /** The readable name, where nobody else has it. */
  readonly name: string;
  /** An id that was given before, kept to the letter where nobody else has it. */
  readonly id?: string | undefined;
}

/**
 * An id for each: its name, and behind a name that several have some digits of a hash. Which one a check gets depends on the
 * checks of the same name alone, never on their order.
 */
export const ruleIds = (checks: readonly Identified[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, number>();
  for (const check of checks) counts.set(idName(check), (counts.get(idName(check)) ?? 0) + 1);
  return new Map(
    checks.map((check) => {
      const name = idName(check);
      return [check.source, counts.get(name) === 1 ? name : `${name}.${digits(check.source)}`];
    }),
  );
};

const idName = ({ id, name, source }: Identified): string => {
  if (id !== undefined && id !== '' && !/[\s\p{Cc}]/u.test(id)) return id;
  const clean = name.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').replaceAll(/^_+|_+$/g, '');
  if (clean === '') return `check.${digits(source)}`;
  return clean.length > longest ? `${clean.slice(0, longest)}.${digits(source)}` : clean;
};

const digits = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 8);

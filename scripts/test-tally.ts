/** One test as the closing line counts it. */
export interface CountedTest {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** What `context.skip(note)` said. */
  readonly note?: string | undefined;
}

export interface Skip {
  readonly name: string;
  /** What is missing, e.g. `PostgreSQL`; `undefined` when the test does not say. */
  readonly missing: string | undefined;
}

export interface TallyPolicy {
  /** In CI a skip is a failure, unless what it misses cannot be had there. */
  readonly ci: boolean;
  /** What CI cannot bring, matched against {@link Skip.missing}. */
  readonly unavailableInCi: readonly RegExp[];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tolerated: readonly Skip[];
  /** Skips that count as failures: only in CI. */
  readonly refused: readonly Skip[];
}

/** What a skipped test misses: its note, or the words after `needs` in its name. */
export const missingFor = (test: CountedTest): string | undefined =>
  (test.note ?? test.name.match(/\bneeds (.+?)(?:\)|$| > )/)?.[1])?.replace(/^needs /, '');

const isTolerated = (skip: Skip, policy: TallyPolicy) =>
  !policy.ci || policy.unavailableInCi.some((pattern) => skip.missing !== undefined && pattern.test(skip.missing));

/** `errors` are failures outside any test: a file that does not load, a hook that throws, an unhandled rejection. */
export const tally = (tests: readonly CountedTest[], errors: number, policy: TallyPolicy): Tally => {
  const count = (state: CountedTest['state']) => tests.filter((test) => test.state === state).length;
  const skips = tests
    .filter((test) => test.state === 'skipped')
    .map((test): Skip => ({ name: test.name, missing: missingFor(test) }));
  const refused = skips.filter((skip) => !isTolerated(skip, policy));
  return {
    passed: count('passed'),
    failed: count('failed') + errors + refused.length,
    skipped: skips.length - refused.length,
    tolerated: skips.filter((skip) => isTolerated(skip, policy)),
    refused,
  };
};

export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

const describeSkip = ({ name, missing }: Skip) =>
  `  ${name}: ${missing ? `needs ${missing}` : 'does not say what is missing'}`;

const section = (title: string, skips: readonly Skip[]) =>
  skips.length === 0 ? [] : [title, ...skips.map(describeSkip), ''];

/** The skips, each with what it misses; empty when nothing was skipped. */
export const skipLines = ({ tolerated, refused }: Tally): readonly string[] => [
  ...section('Skipped:', tolerated),
  ...section('Skipped, and a failure in CI, which can bring what is missing:', refused),
];

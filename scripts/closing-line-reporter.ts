import { DefaultReporter, type TestCase, type TestModule, type TestRunEndReason, type TestSuite } from 'vitest/node';
import { type CountedTest, closingLine, skipLines, type Tally, type TallyPolicy, tally } from './test-tally.js';

type UnhandledErrors = Parameters<DefaultReporter['onTestRunEnd']>[1];

/**
 * Vitest's own output, then the skips and what each misses, then one line alone: `12 passed, 0 failed, 1 skipped`.
 * Sets the exit code to 1 when that line counts a failure.
 */
export class ClosingLineReporter extends DefaultReporter {
  readonly #policy: TallyPolicy;

  constructor(policy: TallyPolicy) {
    super();
    this.#policy = policy;
  }

  override onTestRunEnd(modules: readonly TestModule[], errors: UnhandledErrors, reason: TestRunEndReason): void {
    super.onTestRunEnd(modules, errors, reason);
    const counted = this.#count(modules, errors);
    if (!this.ctx.config.testNamePattern) for (const line of skipLines(counted)) this.log(line);
    this.log(closingLine(counted));
    if (counted.failed > 0) process.exitCode = 1;
  }

  /** A name filter skips whatever it does not name: those skips say nothing about what is missing. */
  #count(modules: readonly TestModule[], errors: UnhandledErrors): Tally {
    const policy = this.ctx.config.testNamePattern ? { ...this.#policy, ci: false } : this.#policy;
    return tally(modules.flatMap(testsOf), errors.length + sum(modules.map(errorsOutsideTests)), policy);
  }
}

const testsOf = (module: TestModule): readonly CountedTest[] => [...module.children.allTests()].map(counted);

const counted = (test: TestCase): CountedTest => {
  const result = test.result();
  const name = `${test.module.relativeModuleId} > ${test.fullName}`;
  if (result.state === 'pending' || isBehindFailedHook(test)) return { name, state: 'failed' };
  return { name, state: result.state, note: result.state === 'skipped' ? result.note : undefined };
};

/** Vitest calls a test skipped when the hook before it threw. */
const isBehindFailedHook = (test: TestCase): boolean =>
  test.result().state === 'skipped' && suitesAround(test).some((suite) => suite.errors().length > 0);

const suitesAround = (test: TestCase | TestSuite): readonly TestSuite[] =>
  test.parent.type === 'suite' ? [test.parent, ...suitesAround(test.parent)] : [];

const errorsOutsideTests = (module: TestModule): number =>
  module.errors().length + sum([...module.children.allSuites()].map((suite) => suite.errors().length));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

import type { TestCase, TestModule, TestSuite } from 'vitest/node';

export interface ConformanceTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly note?: string | undefined;
}

/** A law of the transport or the truth table of a rule type. */
export interface ConformanceGroup {
  readonly name: string;
  readonly tests: readonly ConformanceTest[];
}

/** What one warehouse made of the kit. */
export interface ConformanceColumn {
  readonly warehouse: string;
  readonly groups: readonly ConformanceGroup[];
}

const suiteName = /^(\S+) conforms to warehouse\/v1$/;

export const isConformanceFile = (path: string): boolean => path.endsWith('.conformance.test.ts');

/** One column per run of the warehouse kit, by name; none for a file in which the kit could not run. */
export const conformanceColumns = (modules: readonly TestModule[]): readonly ConformanceColumn[] =>
  modules
    .flatMap((module) => [...module.children.suites()])
    .flatMap((suite) => {
      const warehouse = suiteName.exec(suite.name)?.[1];
      return warehouse === undefined ? [] : [{ warehouse, groups: [...suite.children.suites()].map(groupOf) }];
    })
    .sort((a, b) => (a.warehouse < b.warehouse ? -1 : 1));

const groupOf = (suite: TestSuite): ConformanceGroup => ({
  name: suite.name,
  tests: [...suite.children.allTests()].map(testOf),
});

const testOf = (test: TestCase): ConformanceTest => {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const state = result.state === 'pending' ? 'failed' : result.state;
  return { title: test.name, state, ...(note !== undefined && { note }) };
};

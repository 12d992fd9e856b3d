import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { root } from '../root.js';
import { conformanceColumns, isConformanceFile } from './collect.js';
import { conformancePage } from './page.js';

const page = join(root, 'docs/reference/conformance.md');

export interface ConformanceReporterOptions {
  /** Every file in which an adapter runs the warehouse kit, relative to the repository. */
  readonly files: readonly string[];
  /** Writes the page instead of comparing it. */
  readonly update: boolean;
}

/** Holds docs/reference/conformance.md to what the kit said, whenever all adapters ran it. */
export class ConformanceReporter implements Reporter {
  readonly #options: ConformanceReporterOptions;

  constructor(options: ConformanceReporterOptions) {
    this.#options = options;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = modules.filter(({ relativeModuleId }) => isConformanceFile(relativeModuleId));
    const columns = conformanceColumns(ran);
    // A file without the kit's suite says itself what it misses.
    if (columns.length < this.#options.files.length) return;
    const text = conformancePage(columns, ruleTypes());
    if (this.#options.update) writeFileSync(page, text);
    else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) refuse();
  }
}

/** Every rule type is one folder. */
const ruleTypes = (): readonly string[] =>
  globSync('*/', { cwd: join(root, 'packages/rules/src/types') })
    .map((name) => name.replace(/\/$/, ''))
    .sort();

const refuse = (): void => {
  console.error('docs/reference/conformance.md is not what the kit says. Run: pnpm docs:conformance');
  process.exitCode = 1;
};

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './scripts/closing-line-reporter.js';
import { ConformanceReporter } from './scripts/conformance/reporter.js';
import { LongestFirst } from './scripts/longest-first.js';

/** Tests run on the sources: the same map that the type check reads. */
const { compilerOptions } = JSON.parse(readFileSync(new URL('./tsconfig.json', import.meta.url), 'utf8')) as {
  compilerOptions: { paths: Record<string, [string]> };
};
const alias = Object.entries(compilerOptions.paths).map(([name, [path]]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(path, import.meta.url)),
}));

/** `*.nightly.test.ts`: large data and long fuzzing, run by `pnpm test:nightly`. */
const nightly = process.env.AEGIS_NIGHTLY === '1' ? [] : ['**/*.nightly.test.ts'];

/** Skips of the conformance kit: `capability: reason` and the like, as the adapter declares about its engine. */
const ofConformance = [/^[a-zA-Z]+: /, /^the warehouse /];

/** Skips of tests on files that are not ours to copy. */
const ofOtherProjects = /^the fixtures of other projects /;

/** Skips of scenarios that need what a machine may lack: another shell, the right to mount, a user who is not root. */
const ofMachines = [/^the (shell|program|privilege) /, /^a user /, /^[\w ]+ cannot be installed: /];

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['{packages,apps,integrations}/**/src/**/*.test.ts', '{e2e,bench,scripts,examples}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...nightly],
    globalSetup: ['scripts/temporary-files.ts', 'e2e/servers/setup.ts'],
    testTimeout: 20_000,
    pool: 'forks',
    // By default a core is left free, which on two cores means one file at a time.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    reporters: [
      new ConformanceReporter({
        files: globSync('packages/warehouse-adapters/*/src/*.conformance.test.ts', { cwd: import.meta.dirname }),
        update: process.env.AEGIS_UPDATE_CONFORMANCE === '1',
      }),
      new ClosingLineReporter({
        ci: process.env.CI === 'true',
        unavailableInCi: [/credentials/, ofOtherProjects, ...ofConformance, ...ofMachines],
      }),
    ],
  },
});

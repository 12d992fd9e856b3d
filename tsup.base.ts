import { defineConfig, type Options } from 'tsup';

/** Every package builds the same way: ESM only, declarations beside the code, dependencies left external. */
export const library = (entry: Record<string, string>, overrides: Options = {}) =>
  defineConfig({
    entry,
    format: 'esm',
    target: 'node22',
    dts: true,
    clean: true,
    sourcemap: true,
    splitting: true,
    treeshake: true,
    ...overrides,
  });

import { defineConfig } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** Left out: packages with binaries or data of their own, and adapters, which people choose. */
const installed = [...Object.keys(manifest.dependencies), '@aegis/warehouse-[a-z]+', '@aegis/llm-[a-z]+'];
const everythingElse = new RegExp(`^(?!(${installed.join('|')})($|/))`);

/**
 * One chunk per command: what a command does not need is not read. The workspace is bundled from its sources, so that
 * unused exports of a package fall away.
 */
export default defineConfig({
  entry: { bin: 'src/bin.ts' },
  tsconfig: '../../tsconfig.json',
  format: 'esm',
  target: 'node22',
  platform: 'node',
  clean: true,
  splitting: true,
  treeshake: false,
  minify: true,
  sourcemap: false,
  dts: false,
  define: { AEGIS_VERSION: JSON.stringify(manifest.version) },
  noExternal: [everythingElse],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});

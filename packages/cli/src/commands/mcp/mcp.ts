import type { ServeOptions } from '@aegis/mcp';
import { ConfigError } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export interface McpCommandOptions extends Omit<ServeOptions, 'roots' | 'allowedHosts' | 'llm'> {
  readonly root?: readonly string[] | undefined;
  readonly allowHost?: readonly string[] | undefined;
  /** `false` is --no-llm; `true` is what commander gives otherwise. */
  readonly llm: boolean;
}

export const runMcp: RunCommand<McpCommandOptions> = async ({ root, allowHost, llm, ...options }, effects) => {
  const { serve } = await loadMcp(effects);
  const interruption = effects.interruption();
  const given = { ...options, roots: root, allowedHosts: allowHost, llm: llm ? undefined : (false as const) };
  try {
    await serve(given, { ...effects, signal: interruption.signal }, (line) => effects.stderr.write(`${line}\n`));
  } finally {
    interruption.release();
  }
  return exitCodes.passed;
};

type McpPackage = Pick<typeof import('@aegis/mcp'), 'serve'>;

/** @throws ConfigError `missing-adapter` with the install command */
const loadMcp = async ({ importFrom, cwd }: CliEffects): Promise<McpPackage> => {
  const module = await importFrom('@aegis/mcp', [cwd]);
  if (isMcpPackage(module)) return module;
  const state = module === undefined ? 'is not installed' : 'is of a version that does not fit';
  throw new ConfigError('missing-adapter', `aegis mcp needs @aegis/mcp, which ${state}`, {
    hint: 'Run: npm install @aegis/mcp',
  });
};

const isMcpPackage = (module: unknown): module is McpPackage =>
  typeof module === 'object' && module !== null && 'serve' in module;

import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActionError } from '../action-error.ts';
import { readEvent } from '../event.ts';
import { setOutputs } from '../file-commands.ts';
import { digest, foldersOf, workplace } from '../folders.ts';
import { toolsManifest } from '../packages.ts';
import { runStep, type StepContext } from '../run-step.ts';
import { secretsOf } from '../secrets.ts';
import { maskCommands } from '../workflow-commands.ts';

const prepare = async ({ env, inputs, write }: StepContext): Promise<number> => {
  for (const secret of secretsOf(inputs)) write(maskCommands(secret));
  checkWorkplace(workplace(env, inputs));
  const { root, tools, baseline, output } = foldersOf(env, inputs);
  rmSync(root, { recursive: true, force: true });
  for (const folder of [tools, baseline, output]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(tools, 'package.json'), toolsManifest(inputs.adapters, inputs.version));
  const { pullRequest, compareBranch, keepBranch } = readEvent(env);
  const key = (branch: string): string => `aegis-report-v1-${digest(inputs.name, branch)}-`;
  setOutputs(env, {
    tools,
    baseline,
    'compare-key': key(compareBranch),
    'keep-key': keepBranch === undefined ? '' : key(keepBranch),
    'pull-request': pullRequest?.number ?? '',
    fork: String(pullRequest?.isFork ?? false),
  });
  return 0;
};

const checkWorkplace = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new ActionError(`The input working-directory names no folder: ${folder}. Check the repository out first.`);
};

await runStep(prepare);

import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { boundedMarkdown } from './bounded-markdown.ts';

type Environment = NodeJS.ProcessEnv;

/** Sets outputs of the step. The delimiter is random, so that no value can end itself and begin another. */
export const setOutputs = (env: Environment, outputs: { readonly [name: string]: string | number }): void => {
  const { GITHUB_OUTPUT: file } = env;
  if (!file) return;
  for (const [name, value] of Object.entries(outputs)) {
    const delimiter = `aegis-${randomUUID()}`;
    appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  }
};

/** GitHub drops the summary of a step that is larger. */
const largestSummary = 1024 * 1024;

/** Adds Markdown to the summary of the job, shortened to what there is room for. */
export const addToSummary = (env: Environment, markdown: string): void => {
  const { GITHUB_STEP_SUMMARY: file } = env;
  if (!file) return;
  const used = existsSync(file) ? statSync(file).size : 0;
  appendFileSync(
    file,
    boundedMarkdown(markdown, largestSummary - used, (text) => Buffer.byteLength(text)),
  );
};

/** Writes a file that an output names; gives its path. */
export const writeOutputFile = (file: string, text: string): string => {
  writeFileSync(file, text);
  return file;
};

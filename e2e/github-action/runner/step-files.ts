import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files that a step writes to, to tell the runner something. */
export class StepFiles {
  readonly #folder: string;

  constructor(temporary: string) {
    this.#folder = mkdtempSync(join(temporary, '_runner_file_commands-'));
    for (const name of names) writeFileSync(join(this.#folder, name), '');
  }

  get environment(): { readonly [name: string]: string } {
    return Object.fromEntries(names.map((name) => [name, join(this.#folder, name)]));
  }

  /** Outputs of the step, in both ways of writing them. */
  get outputs(): { readonly [name: string]: string } {
    return readPairs(this.#read('GITHUB_OUTPUT').split('\n'));
  }

  /** GitHub drops a summary that is larger than 1 MiB. */
  get summary(): string {
    const text = this.#read('GITHUB_STEP_SUMMARY');
    return Buffer.byteLength(text) > 1024 * 1024 ? '' : text;
  }

  #read(name: string): string {
    const file = join(this.#folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
}

const names = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;

const readPairs = (lines: readonly string[]): { readonly [name: string]: string } => {
  const pairs: { [name: string]: string } = {};
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name, delimiter] = /^([^=]*?)<<(.*)$/.exec(line) ?? [];
    if (name === undefined || delimiter === undefined) {
      if (!line.includes('=')) throw new Error(`Invalid format '${line}'`);
      pairs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    pairs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return pairs;
};

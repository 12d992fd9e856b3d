/** A fenced block of a Markdown document. */
export interface Fence {
  /** First word after the backticks, e.g. `ts`. */
  readonly language: string;
  /** The other words: `run`, `check`, `output`, `file=rules.yaml`. */
  readonly words: readonly string[];
  readonly text: string;
  /** 1-based line of the first line inside. */
  readonly line: number;
}

const opening = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)[ \t]*([^`]*)$/;

/** Every closed fence of a document, in order. Indented fences lose their indentation. */
export const fencesOf = (markdown: string): readonly Fence[] => {
  const lines = markdown.split('\n');
  const fences: Fence[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const open = lines[start]?.match(opening);
    if (!open) continue;
    const [, indent = '', marks = '', language = '', rest = ''] = open;
    const end = lines.findIndex((line, index) => index > start && isClosing(line, marks));
    if (end < 0) break;
    const body = lines
      .slice(start + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const words = rest.split(/\s+/).filter((word) => word !== '');
    fences.push({ language, words, text: `${body.join('\n')}\n`, line: start + 2 });
    start = end;
  }
  return fences;
};

const isClosing = (line: string, marks: string) => {
  const text = line.trim();
  return text.length >= marks.length && text === marks.charAt(0).repeat(text.length);
};

const has = (word: string) => (fence: Fence) => fence.words.includes(word);
const isLanguage = (language: string) => (fence: Fence) => fence.language === language;

/** What the tests do with a fence, decided by its info string. */
export type Step =
  /** ```` ```ts run ```` and ```` ```sh run ````; `output` is the text of a ```` ```text output ```` fence right after it. */
  | {
      readonly kind: 'run';
      readonly language: 'ts' | 'sh';
      readonly fence: Fence;
      readonly output: string | undefined;
      /** 0, or what `exit=1` says. */
      readonly exitCode: number;
    }
  /** ```` ```yaml file=rules.yaml ````: written into the document's working folder. */
  | { readonly kind: 'file'; readonly path: string; readonly fence: Fence };

/** The fences of a document that act, in order. */
export const stepsOf = (markdown: string): readonly Step[] =>
  fencesOf(markdown).flatMap((fence, index, fences): readonly Step[] => {
    const path = wordAfter('file', fence);
    if (path) return [{ kind: 'file', path, fence }];
    return has('run')(fence) ? [runStep(fence, fences[index + 1])] : [];
  });

/** What follows `key=` in the info string. */
const wordAfter = (key: string, { words }: Fence): string | undefined =>
  words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);

const runStep = (fence: Fence, next: Fence | undefined): Step => {
  const { language, line } = fence;
  if (language !== 'ts' && language !== 'sh')
    throw new Error(`line ${line}: only ts and sh fences run, not ${language || 'plain ones'}`);
  const output = next && has('output')(next) ? next.text : undefined;
  return { kind: 'run', language, fence, output, exitCode: Number(wordAfter('exit', fence) ?? 0) };
};

/** TypeScript that must compile: what runs, and ```` ```ts check ```` for examples that need a server or a key. */
export const checkedFences = (markdown: string): readonly Fence[] =>
  fencesOf(markdown).filter((fence) => isLanguage('ts')(fence) && (has('run')(fence) || has('check')(fence)));

/** Whether a document shows something that is executed or at least compiled. */
export const hasCheckedExample = (markdown: string): boolean =>
  checkedFences(markdown).length > 0 || stepsOf(markdown).some((step) => step.kind === 'run');

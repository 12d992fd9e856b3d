import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../root.js';
import type { MarkdownDocument } from './documents.js';
import { checkedFences } from './fences.js';

/** A compiler message at its place in the document. */
export interface FenceError {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

interface Source {
  readonly document: MarkdownDocument;
  readonly line: number;
  readonly text: string;
}

/** Compiles every checked TypeScript fence against the sources, in one program. */
export const compileFences = (documents: readonly MarkdownDocument[]): readonly FenceError[] => {
  const sources = new Map(documents.flatMap(sourcesOf));
  if (sources.size === 0) return [];
  const options: ts.CompilerOptions = { ...rootOptions(), noUnusedLocals: false };
  const program = ts.createProgram([...sources.keys()], options, hostWith(sources, options));
  return [...sources].flatMap(([file, source]) => errorsOf(program, file, source));
};

const sourcesOf = (document: MarkdownDocument): readonly (readonly [string, Source])[] =>
  checkedFences(document.text).map(({ line, text }) => [
    join(document.folder, `.fence-${line}.ts`),
    { document, line, text: `${text}export {};\n` },
  ]);

const rootOptions = (): ts.CompilerOptions => {
  const path = join(root, 'tsconfig.json');
  return ts.parseJsonConfigFileContent(ts.readConfigFile(path, ts.sys.readFile).config, ts.sys, dirname(path)).options;
};

const hostWith = (sources: ReadonlyMap<string, Source>, options: ts.CompilerOptions): ts.CompilerHost => {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (file) => sources.has(file) || host.fileExists(file),
    readFile: (file) => sources.get(file)?.text ?? host.readFile(file),
    getSourceFile: (file, languageVersion, ...rest) => {
      const source = sources.get(file);
      if (!source) return host.getSourceFile(file, languageVersion, ...rest);
      return ts.createSourceFile(file, source.text, languageVersion);
    },
  };
};

const errorsOf = (program: ts.Program, file: string, { document, line }: Source): readonly FenceError[] => {
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => ({
    path: document.path,
    line: line + (source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0),
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  }));
};

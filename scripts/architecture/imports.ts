import ts from 'typescript';

/** One module that a source file names. */
export interface ImportedModule {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `type` disappears in the build, `lazy` is `import()` of a literal. */
  readonly kind: 'static' | 'type' | 'lazy';
}

export interface ModuleSyntax {
  readonly imports: readonly ImportedModule[];
  /** 1-based lines of `export * from …`. */
  readonly starExports: readonly number[];
}

/** What `text` imports and re-exports, comments and strings aside. */
export const readModule = (fileName: string, text: string): ModuleSyntax => {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest);
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const imports: ImportedModule[] = [];
  const starExports: number[] = [];
  const visit = (node: ts.Node): void => {
    const named = namedModule(node);
    if (named) imports.push({ ...named, line: lineOf(node) });
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.exportClause) starExports.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, starExports };
};

const namedModule = (node: ts.Node): Omit<ImportedModule, 'line'> | undefined => {
  if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier, isTypeImport(node) ? 'type' : 'static');
  if (ts.isExportDeclaration(node)) return literal(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
  if (ts.isImportTypeNode(node))
    return literal(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type');
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0], 'lazy');
  return undefined;
};

const isTypeImport = ({ importClause }: ts.ImportDeclaration) =>
  importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

const literal = (node: ts.Node | undefined, kind: ImportedModule['kind']) =>
  node && ts.isStringLiteralLike(node) ? { specifier: node.text, kind } : undefined;

/** `@scope/name` or `name`; `undefined` for relative, absolute and Node's own modules. */
export const packageOf = (specifier: string): string | undefined => {
  if (/^(\.|\/|node:)/.test(specifier)) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
};

import { AegisError } from '@aegis/spec';
import ts from 'typescript';

/** A family of errors: one class, one set of reasons. */
export interface ErrorFamily {
  readonly className: string;
  /** First half of the code, e.g. `warehouse`. */
  readonly name: string;
  /** The class's comment; empty without one. */
  readonly summary: string;
  readonly codes: readonly ErrorCode[];
}

export interface ErrorCode {
  /** `family/reason`. */
  readonly code: string;
  /** The comment on the reason; empty without one. */
  readonly meaning: string;
  readonly retryable: boolean;
}

/** Reads the families from the source of `spec`'s errors: `class X extends family<Reasons>('name')`. */
export const errorFamilies = (sourceText: string): readonly ErrorFamily[] => {
  const source = ts.createSourceFile('errors.ts', sourceText, ts.ScriptTarget.Latest, true);
  const unions = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type]),
  );
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const call = familyCall(declaration);
    const [name] = call?.arguments ?? [];
    const [reasons] = call?.typeArguments ?? [];
    if (!name || !ts.isStringLiteral(name) || !reasons || !ts.isTypeReferenceNode(reasons)) return [];
    const union = unions.get(reasons.typeName.getText());
    if (!union) throw new Error(`${reasons.typeName.getText()} is not a type of this file`);
    return [
      {
        className: declaration.name?.text ?? '',
        name: name.text,
        summary: commentOn(declaration, sourceText),
        codes: membersOf(union).map((member) => errorCode(name.text, member, sourceText)),
      },
    ];
  });
};

const familyCall = ({ heritageClauses }: ts.ClassDeclaration): ts.CallExpression | undefined => {
  const base = heritageClauses?.[0]?.types[0]?.expression;
  return base && ts.isCallExpression(base) && base.expression.getText() === 'family' ? base : undefined;
};

const membersOf = (type: ts.TypeNode): readonly ts.LiteralTypeNode[] =>
  (ts.isUnionTypeNode(type) ? [...type.types] : [type]).filter((member) => ts.isLiteralTypeNode(member));

const errorCode = (family: string, member: ts.LiteralTypeNode, sourceText: string): ErrorCode => {
  const reason = ts.isStringLiteral(member.literal) ? member.literal.text : member.getText();
  const code = `${family}/${reason}`;
  return { code, meaning: commentOn(member, sourceText), retryable: new AegisError(code, '').retryable };
};

/** The last block comment in front of a node, as one line. A comment on a member of a union stands before its bar. */
const commentOn = (node: ts.Node, sourceText: string): string => {
  const before = sourceText.slice(0, node.getStart());
  const [, comment = ''] = before.match(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\|?\s*$/) ?? [];
  return comment
    .replace(/\s*\n\s*\*\s?/g, ' ')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();
};

import { ConfigError, type SourceLocation } from '@aegis/spec';
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml';

type Path = readonly PropertyKey[];

/** A YAML document that still knows where each value was written. */
export interface PositionedYaml {
  readonly value: unknown;
  /** The place of the value at `path`, or of its nearest ancestor that was written. */
  locate(path: Path): SourceLocation;
  /** The place of the key itself. */
  locateKey(path: Path): SourceLocation;
}

/** @throws ConfigError `invalid` for text that is not YAML. */
export const parsePositionedYaml = (text: string, file: string): PositionedYaml => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error) throw new ConfigError('invalid', firstLine(error.message), { location: at(error.pos[0]), cause: error });
  return {
    value: document.toJS(),
    locate: (path) => at(offsetOf(nodeAt(document, path))),
    locateKey: (path) => at(keyOffset(document, path) ?? offsetOf(nodeAt(document, path))),
  };
};

const firstLine = (message: string): string => message.split('\n', 1)[0]?.replace(/ at line .*$/, '') ?? message;

const offsetOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;

const nodeAt = (document: Document, path: Path): Node | null => {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents;
};

const keyOffset = (document: Document, path: Path): number | undefined => {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return undefined;
  const name = String(path.at(-1));
  const pair = parent.items.find(({ key }) => isNode(key) && 'value' in key && String(key.value) === name);
  return isNode(pair?.key) ? offsetOf(pair.key) : undefined;
};

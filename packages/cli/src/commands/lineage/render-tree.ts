import type { LineageTreeNode } from '@aegis/project';
import { printable } from './printable.js';

const marks: { readonly [mark in NonNullable<LineageTreeNode['mark']>]: string } = {
  cycle: '(cycle: it is above)',
  repeated: '(shown before)',
  cut: '(more below)',
};

/** A tree as people draw one: each dataset with its kind and with what lies between it and the line above. */
export const renderTree = (root: LineageTreeNode): string => {
  const lines: string[] = [label(root)];
  const draw = (node: LineageTreeNode, indent: string): void => {
    for (const [index, child] of node.children.entries()) {
      const isLast = index === node.children.length - 1;
      lines.push(`${indent}${isLast ? '└── ' : '├── '}${label(child)}`);
      draw(child, `${indent}${isLast ? '    ' : '│   '}`);
    }
  };
  draw(root, '');
  return `${lines.join('\n')}\n`;
};

const mostOperations = 3;

const label = ({ name, dataset, via, mark }: LineageTreeNode): string =>
  [
    printable(name),
    dataset.kind === 'unknown' ? '' : `  ${dataset.kind}`,
    dataset.isDropped ? ', dropped' : '',
    via.length > 0 ? `  by ${operations(via)}` : '',
    mark === null ? '' : `  ${marks[mark]}`,
  ].join('');

const operations = (via: readonly string[]): string => {
  const shown = via.slice(0, mostOperations).map(printable).join(', ');
  return via.length > mostOperations ? `${shown} and ${via.length - mostOperations} more` : shown;
};

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MarkdownDocument } from './documents.js';
import { fencesOf } from './fences.js';

const relativeLink = /\]\((?![a-z]+:|#|\/)([^)\s#]+)/g;

/** Relative links of a document that lead nowhere, as they are written. Links to other sites are not followed. */
export const brokenLinks = ({ text, folder }: MarkdownDocument): readonly string[] =>
  [...withoutFences(text).matchAll(relativeLink)]
    .map(([, target = '']) => target)
    .filter((target) => !existsSync(join(folder, decodeURIComponent(target))));

const withoutFences = (text: string) => fencesOf(text).reduce((rest, fence) => rest.replace(fence.text, ''), text);

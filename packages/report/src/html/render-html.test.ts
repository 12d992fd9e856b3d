import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { cancelledReport, emptyReport, richReport } from '../__fixtures__/rich-report.js';
import { html } from './markup.js';
import { renderHtml } from './render-html.js';
import { style, styleDigest } from './style.js';

test('whatever is inserted can neither end an attribute nor start an element', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const [, attribute, content] =
        /^<p title="(.*)">(.*)<\/p>$/s.exec(html`<p title="${text}">${text}</p>`.text) ?? [];
      expect(attribute).not.toMatch(/["<>\p{Cc}]/u);
      expect(content).toBe(attribute);
    }),
    { seed: 1 },
  );
});

test('markup and lists of markup are inserted as they are', () => {
  expect(html`<ul>${[1, '<'].map((item) => html`<li>${item}</li>`)}</ul>`.text).toBe(
    '<ul><li>1</li><li>&lt;</li></ul>',
  );
});

test.each([
  ['rich', richReport],
  ['empty', emptyReport],
  ['cancelled', cancelledReport],
])('the %s page asks for nothing from outside and runs nothing', (_, report) => {
  const page = renderHtml(report);
  expect(page).not.toMatch(/<script|<img|<link|<iframe|<object|\ssrc=|\son[a-z]+=|url\(|@import/i);
  expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => /^#result-\d+$/.test(target ?? ''))).toBe(true);
});

test('the policy allows the one style sheet by its digest and nothing else', () => {
  expect(createHash('sha256').update(style).digest('base64')).toBe(styleDigest);
  expect(renderHtml(emptyReport)).toContain(`content="default-src 'none'; style-src 'sha256-${styleDigest}';`);
  expect(renderHtml(emptyReport)).toContain(`<style>${style}</style>`);
});

test('every link leads to a result of the page, and no id is used twice', () => {
  const page = renderHtml(richReport);
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});

test('every element that is opened is closed, in order', () => {
  const open: string[] = [];
  const voids = new Set(['meta', 'br']);
  for (const [, end, name = '', self] of renderHtml(richReport).matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name);
    else if (!self && !voids.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
});

test('a title of one’s own is escaped', () => {
  expect(renderHtml(emptyReport, { title: 'a <b>' })).toContain('<title>a &lt;b&gt;</title>');
});

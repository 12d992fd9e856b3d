import { importDocument } from '../import/import-document.js';
import type { ImportTarget } from '../import/import-target.js';
import { isRecord, listOf, recordOf, textOf } from '../import/reading.js';
import { fetchJson, type HttpOptions } from './fetch-source.js';
import { shownUrl } from './source-url.js';

const pageSize = 500;

/**
 * Whether a URL means a Marquez server as a whole, `http://host:5000` or `…/api/v1`, or one of its namespaces, rather than
 * one document.
 */
export const isMarquezServer = (source: string): boolean => {
  const { pathname = '/', search = '' } = URL.parse(source) ?? {};
  return search === '' && /^\/?(?:api\/v1\/?)?$|\/api\/v1\/namespaces(?:\/[^/]+)?\/?$/.test(pathname);
};

/** Reads the datasets and jobs of every namespace, page by page; gives why not where the server does not answer at all. */
export const readMarquez = async (
  source: string,
  target: ImportTarget,
  options: HttpOptions,
): Promise<string | undefined> => {
  const base = baseOf(source);
  const namespaces = await namespacesOf(base, source, options);
  if ('message' in namespaces) return namespaces.message;
  for (const namespace of namespaces.names) {
    const root = at(base, `namespaces/${encodeURIComponent(namespace)}`);
    for (const list of ['datasets', 'jobs'] as const) await readPages(at(root, list), list, target, options);
  }
  return undefined;
};

const baseOf = (source: string): string => {
  const url = new URL(source);
  url.pathname = url.pathname.replace(/(?:\/api\/v1(?:\/.*)?)?\/?$/, '/api/v1');
  return url.href;
};

const at = (base: string, path: string): string => {
  const url = new URL(base);
  url.pathname = `${url.pathname}/${path}`;
  return url.href;
};

const namespacesOf = async (
  base: string,
  source: string,
  options: HttpOptions,
): Promise<{ readonly names: readonly string[] } | { readonly message: string }> => {
  const [, named] = /\/api\/v1\/namespaces\/([^/]+)\/?$/.exec(new URL(source).pathname) ?? [];
  if (named !== undefined) return { names: [decodeURIComponent(named)] };
  const answer = await fetchJson(at(base, 'namespaces'), options);
  if ('message' in answer) return answer;
  const namespaces = listOf(recordOf(answer.value).namespaces);
  return { names: namespaces.flatMap((namespace) => textOf(recordOf(namespace).name) ?? []) };
};

const readPages = async (
  list: string,
  key: 'datasets' | 'jobs',
  target: ImportTarget,
  options: HttpOptions,
): Promise<void> => {
  let last = '';
  for (let offset = 0; ; offset += pageSize) {
    const url = new URL(list);
    url.searchParams.set('limit', String(pageSize));
    url.searchParams.set('offset', String(offset));
    const answer = await read(url.href, target, options);
    const found = listOf(recordOf(answer)[key]);
    const first = JSON.stringify(found[0]) ?? '';
    if (found.length > 0 && first === last) {
      target.builder.problems.problem(
        shownUrl(url.href),
        'answered with the page before; what comes after is not known',
      );
      return;
    }
    if (isRecord(answer) && found.length > 0) await importDocument(answer, shownUrl(url.href), target);
    if (found.length < pageSize) return;
    last = first;
  }
};

const read = async (url: string, { builder }: ImportTarget, options: HttpOptions): Promise<unknown> => {
  const answer = await fetchJson(url, options);
  if ('value' in answer) return answer.value;
  builder.problems.problem(shownUrl(url), answer.message);
  return undefined;
};

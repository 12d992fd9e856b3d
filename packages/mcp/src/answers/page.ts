import { createHash } from 'node:crypto';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

/** Fields of every tool that gives a list. */
export const pageInput = {
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'next_cursor of the answer before, for what follows it.' }),
  limit: z.number().int().min(1).max(100).default(20).meta({ description: 'Most items of an answer. Default 20.' }),
};

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'Give it as cursor, with the same arguments, for what follows; null at the end.' });

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface PagedList<Item> {
  /** Tells this list from others, so that a cursor of another one is refused. */
  readonly of: readonly unknown[];
  readonly keyOf: (item: Item, index: number) => string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** An answer is a part of a model's context: about so many tokens, four characters each. */
const largestCharacters = 24_000;

/** As many items as fit behind the cursor: always one, then to the limit or until the answer is long enough. */
export const pageOf = <Item>(items: readonly Item[], request: PageRequest, list: PagedList<Item>): Page<Item> => {
  const start = startOf(items, request, list);
  const shown = fitting(items.slice(start, start + request.limit));
  const end = start + shown.length;
  const last = shown.at(-1);
  if (last === undefined || end >= items.length) return { items: shown, next_cursor: null };
  return { items: shown, next_cursor: encode(list.keyOf(last, end - 1), list) };
};

/**
 * The same for a list that grows at its beginning and is read from there: `read` gives its first so many items.
 * What came in since the last answer moves nothing.
 */
export const pageOfGrowing = async <Item>(
  read: (limit: number) => Promise<readonly Item[]>,
  request: PageRequest,
  list: PagedList<Item>,
): Promise<Page<Item>> => {
  for (let most = request.limit + 1; ; most *= 4) {
    const items = await read(most);
    const isAll = items.length < most;
    const start = request.cursor === undefined ? 0 : positionAfter(items, request.cursor, list);
    if (isAll || (start !== undefined && start + request.limit < items.length)) return pageOf(items, request, list);
  }
};

const startOf = <Item>(items: readonly Item[], { cursor }: PageRequest, list: PagedList<Item>): number => {
  if (cursor === undefined) return 0;
  const position = positionAfter(items, cursor, list);
  if (position !== undefined) return position;
  throw wrongCursor();
};

const positionAfter = <Item>(items: readonly Item[], cursor: string, list: PagedList<Item>): number | undefined => {
  const key = decode(cursor, list);
  const index = items.findIndex((item, position) => list.keyOf(item, position) === key);
  return index === -1 ? undefined : index + 1;
};

const fitting = <Item>(items: readonly Item[]): readonly Item[] => {
  let characters = 0;
  const end = items.findIndex((item, index) => {
    characters += JSON.stringify(item).length;
    return index > 0 && characters > largestCharacters;
  });
  return end === -1 ? items : items.slice(0, end);
};

const cursorShape = z.tuple([z.string(), z.string()]);

const encode = <Item>(key: string, list: PagedList<Item>): string =>
  Buffer.from(JSON.stringify([fingerprint(list), key])).toString('base64url');

const decode = <Item>(cursor: string, list: PagedList<Item>): string => {
  const parsed = cursorShape.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== fingerprint(list)) throw wrongCursor();
  return parsed.data[1];
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fingerprint = <Item>({ of }: PagedList<Item>): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 12);

const wrongCursor = (): ConfigError =>
  new ConfigError('usage', 'the cursor does not belong to this list', {
    hint: 'Give the other arguments as before, or leave the cursor out to begin again.',
  });

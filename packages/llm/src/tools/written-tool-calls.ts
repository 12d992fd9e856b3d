import type { JsonValue, ToolCall } from '@aegis/spec';
import { jsonInText } from '../structured/json-in-text.js';

type Fields = { readonly [key: string]: JsonValue };

interface WrittenCall {
  readonly name: string;
  readonly arguments: JsonValue;
}

/** Nothing else stands beside a call; an answer with a `name` among other things is an answer. */
const wrapping: ReadonlySet<string> = new Set([
  'type',
  'id',
  'name',
  'tool',
  'arguments',
  'args',
  'parameters',
  'input',
]);

/**
 * Tool calls that a model wrote as JSON text instead of making them, as small models do. `known` names always count;
 * others only in the shape of a call, so that the model can be told that there is no such tool.
 */
export const writtenToolCalls = (text: string, known: ReadonlySet<string>, idPrefix: string): readonly ToolCall[] => {
  const values = jsonInText(text.replace(/<\/?tool_calls?>/g, '\n')).toReversed();
  const calls = values.flatMap((value) => callsIn(value, known));
  const distinct = [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
  return distinct.map((call, index) => ({ ...call, id: `${idPrefix}-${index + 1}` }));
};

const callsIn = (value: JsonValue, known: ReadonlySet<string>): readonly WrittenCall[] => {
  if (isList(value)) return value.flatMap((item) => callsIn(item, known));
  if (!isObject(value)) return [];
  if (value.tool_calls !== undefined) return callsIn(value.tool_calls, known);
  if (isObject(value.function)) return callsIn(value.function, known);
  const name = value.name ?? value.tool ?? value.function;
  const given = value.arguments ?? value.args ?? value.parameters ?? value.input;
  if (typeof name !== 'string' || given === undefined) return [];
  return known.has(name) || Object.keys(value).every((key) => wrapping.has(key)) ? [{ name, arguments: given }] : [];
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !isList(value);

import { paramsSchema } from '../type/params-schema.js';
import type { RuleType } from '../type/rule-type.js';
import { commonLogicSchema } from './document-schema.js';
import type { Mistake } from './problem.js';
import { isMapping, type Path } from './rule-document.js';

/** The params of a rule as its type's schema wants them, and where each was written. */
export interface WrittenParams {
  readonly params: Readonly<Record<string, unknown>>;
  /** From a path within `params` to the path within the rule document. */
  toDocument(path: Path): Path;
  readonly mistakes: readonly Mistake[];
  /** Params that are not set because of a mistake, so that nobody calls them missing. */
  readonly refused: ReadonlySet<PropertyKey>;
}

interface Written {
  readonly path: Path;
  readonly value: unknown;
}

const columnKey = /columns?$/;
const singularOf = (name: string): string => name.replace(/s$/, '');

/** The params that a type knows by name. */
const knownParams = (type: RuleType): readonly string[] => Object.keys(paramsSchema(type).properties ?? {});

/** A column param in its other number, `column` for `columns`: people may write either. */
export const otherNumber = (name: string): string | undefined => {
  if (!columnKey.test(name)) return undefined;
  return name.endsWith('s') ? singularOf(name) : `${name}s`;
};

/** The keys that may be written in `logic` for a type. */
export const writableKeys = (type: RuleType): readonly string[] => {
  const params = knownParams(type);
  const others = params.flatMap((name) => otherNumber(name) ?? []);
  const common = Object.keys(commonLogicSchema).filter((key) => key !== 'type');
  return [...new Set([...params, ...others, ...common])];
};

/**
 * Collects the params of a rule. Columns may be written as `column` or `columns`, in `logic` or in `scope.columns`;
 * they reach the schema under the name that it declares.
 */
export const writtenParams = (type: RuleType, logic: unknown, scope: unknown): WrittenParams => {
  const collected = new ParamCollector(knownParams(type), type.name);
  const written = isMapping(logic) ? logic : {};
  for (const [key, value] of Object.entries(written)) {
    if (Object.hasOwn(commonLogicSchema, key)) continue;
    const at = { path: ['logic', key], value };
    if (columnKey.test(key)) collected.addColumns(singularOf(key), at);
    else collected.set(key, at);
  }
  if (isMapping(scope) && scope.columns !== undefined) {
    collected.addColumns('column', { path: ['scope', 'columns'], value: scope.columns });
  }
  return collected;
};

class ParamCollector implements WrittenParams {
  readonly params: Record<string, unknown> = {};
  readonly mistakes: Mistake[] = [];
  readonly refused = new Set<PropertyKey>();
  readonly #origins = new Map<PropertyKey, Written>();
  readonly #columns = new Map<string, Written>();

  constructor(
    private readonly known: readonly string[],
    private readonly typeName: string,
  ) {}

  set(name: string, written: Written, value = written.value): void {
    Object.defineProperty(this.params, name, { value, enumerable: true, configurable: true, writable: true });
    this.#origins.set(name, written);
  }

  addColumns(singular: string, written: Written): void {
    const earlier = this.#columns.get(singular);
    this.#columns.set(singular, earlier ?? written);
    if (earlier) this.#refuse(written, `names columns again after ${earlier.path.join('.')}`, 'Keep one of the two.');
    else this.#place(singular, written);
  }

  #place(singular: string, written: Written): void {
    const [knowsOne, knowsMany] = [this.known.includes(singular), this.known.includes(`${singular}s`)];
    const many = Array.isArray(written.value) ? written.value : undefined;
    if (!knowsOne && !knowsMany) this.#addUnknown(written);
    else if (!knowsOne) this.set(`${singular}s`, written, many ?? [written.value]);
    else if (!many) this.set(singular, written);
    else if (many.length === 1) this.set(singular, written, many[0]);
    else if (knowsMany) this.set(`${singular}s`, written);
    else this.#refuseMany(singular, written, many.length);
  }

  #refuseMany(singular: string, written: Written, count: number): void {
    this.refused.add(singular);
    this.#refuse(written, `names ${count} columns, but ${this.typeName} takes one`, 'Write one rule for each column.');
  }

  toDocument(path: Path): Path {
    const [name, ...rest] = path;
    const written = name === undefined ? undefined : this.#origins.get(name);
    if (!written) return ['logic', ...path];
    if (written.value === this.params[String(name)]) return [...written.path, ...rest];
    return Array.isArray(written.value) ? [...written.path, 0] : written.path;
  }

  /** A column that the type does not read: an unknown key in `logic`, a field without effect in `scope`. */
  #addUnknown(written: Written): void {
    const [section, key] = written.path;
    if (section === 'logic') this.set(String(key), written);
    else this.#refuse(written, `has no effect: ${this.typeName} reads no columns`, 'Remove the key.');
  }

  #refuse({ path }: Written, message: string, hint: string): void {
    this.mistakes.push({ path, message, hint });
  }
}

import { parseDocument } from 'yaml';
import { referToVariables, resolveVariables } from './env-references.js';
import { composedOptions, idleOptions, warehouseTypes } from './warehouse-types.js';

/** The connection of a profile as an entry of `warehouses` in aegis.yaml. */
export interface ProfileWarehouse {
  readonly kind: 'warehouse';
  /** The profile's name. */
  readonly name: string;
  readonly target: string;
  readonly options: { readonly type: string; readonly [option: string]: string | number | boolean };
  /** What has to be done or known, e.g. which variables must be set. */
  readonly notes: readonly string[];
}

export interface NoWarehouse {
  readonly kind: 'none';
  readonly reason: string;
}

export interface ProfileRequest {
  readonly text: string;
  /** As it is to be shown. */
  readonly file: string;
  readonly profile: string;
  readonly env: { readonly [name: string]: string | undefined };
}

type Mapping = { readonly [key: string]: unknown };

/**
 * Reads the connection of a profile's target. Secrets are taken over by reference only: a literal one is replaced by a
 * variable that has to be set, and is neither written nor shown.
 */
export const warehouseOfProfile = ({ text, file, profile, env }: ProfileRequest): ProfileWarehouse | NoWarehouse => {
  const profiles = parsed(text);
  if (profiles === undefined) return none(`${file} is not valid YAML`);
  const named = profiles[profile];
  if (!isMapping(named)) return none(`${file} has no profile ${profile}`);
  const target = resolveVariables(String(named.target ?? 'default'), env);
  if (target === undefined) return none(`the target of profile ${profile} depends on a variable that is not set`);
  const output = isMapping(named.outputs) ? named.outputs[target] : undefined;
  if (!isMapping(output)) return none(`profile ${profile} has no output ${target}`);
  return warehouseOf(output, profile, target);
};

const none = (reason: string): NoWarehouse => ({ kind: 'none', reason });

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): Mapping | undefined => {
  const document = parseDocument(text);
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  return isMapping(value) ? value : undefined;
};

const warehouseOf = (output: Mapping, profile: string, target: string): ProfileWarehouse | NoWarehouse => {
  const type = String(output.type ?? '').toLowerCase();
  const known = Object.hasOwn(warehouseTypes, type) ? warehouseTypes[type] : undefined;
  if (known === undefined) return none(`warehouses of type ${type || 'nothing'} are not supported`);
  if (/^(md|motherduck):/i.test(String(output.path ?? ''))) return none('MotherDuck is not supported');
  const reader = new OptionReader(profile);
  const composed = composedOptions[type];
  if (composed) reader.read(composed.to, composed.text(output), { to: composed.to });
  for (const [name, value] of Object.entries(output)) {
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option) reader.read(name, value, option);
    else if (!idleOptions.has(name) && !composed?.of.includes(name)) reader.leave(name);
  }
  return { kind: 'warehouse', name: profile, target, options: { type, ...reader.options }, notes: reader.notes() };
};

class OptionReader {
  readonly options: Record<string, string | number | boolean> = {};
  readonly #left: string[] = [];
  readonly #toSet = new Map<string, string>();

  constructor(private readonly profile: string) {}

  read(name: string, value: unknown, { to, isSecret }: { readonly to: string; readonly isSecret?: true }): void {
    if (value === null || value === undefined || value === '') return;
    if (isSecret) this.#readSecret(name, value, to);
    else if (typeof value === 'number' || typeof value === 'boolean') this.options[to] = value;
    else if (typeof value === 'string') this.#readText(name, value, to);
    else this.leave(name);
  }

  leave(name: string): void {
    this.#left.push(name);
  }

  notes(): readonly string[] {
    return [
      ...[...this.#toSet].map(([variable, what]) => `Set the environment variable ${variable}${what}.`),
      ...(this.#left.length > 0 ? [`Not taken over from the profile: ${this.#left.join(', ')}.`] : []),
    ];
  }

  #readText(name: string, value: string, to: string): void {
    const { text, variables, withDefault } = referToVariables(value);
    if (text === ':memory:') return;
    if (text === undefined) this.leave(name);
    else this.options[to] = text;
    for (const variable of variables)
      this.#toSet.set(
        variable,
        withDefault.includes(variable) ? ': the default in profiles.yml is not taken over' : '',
      );
  }

  /** Taken over only where all of it comes from the environment. */
  #readSecret(name: string, value: unknown, to: string): void {
    const { text, variables } = referToVariables(typeof value === 'string' ? value : '');
    const isReferred = text !== undefined && text.replaceAll(/\$\{env:[^}]+\}/g, '') === '' && variables.length > 0;
    if (isReferred) {
      this.options[to] = text;
      for (const variable of variables) this.#toSet.set(variable, '');
      return;
    }
    const variable = `${this.profile}_${to}`
      .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
      .replaceAll(/[^A-Za-z0-9]+/g, '_')
      .toUpperCase();
    this.options[to] = `\${env:${variable}}`;
    this.#toSet.set(variable, ` to what profiles.yml has as ${name}: it was not copied`);
  }
}

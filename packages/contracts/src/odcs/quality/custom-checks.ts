import { parse } from 'yaml';
import { ownValue } from '../../source/values.js';
import type { QualityCheck } from '../contract-schema.js';
import { type Context, cannot, type Meaning } from '../promise.js';
import type { Subject } from '../subject.js';
import { aegisCheck } from './engines/aegis.js';
import { greatExpectationsCheck } from './engines/great-expectations.js';
import { sodaCheck } from './engines/soda.js';

/** What a check of another engine means, from its implementation as values. */
type Engine = (implementation: unknown, subject: Subject, context: Context) => readonly Meaning[];

/** By name, in lower case and without anything between words. */
const engines: { readonly [name: string]: Engine } = {
  aegis: aegisCheck,
  greatexpectations: greatExpectationsCheck,
  soda: sodaCheck,
};

/** A check of an engine that the contract names; its implementation is a mapping, or YAML as text. */
export const customCheck = (subject: Subject, check: QualityCheck, context: Context): readonly Meaning[] => {
  const name = typeof check.engine === 'string' ? check.engine : '';
  if (name === '') return [cannot('it names no engine')];
  const key = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  const engine = ownValue(engines, key);
  if (engine === undefined) return [cannot(`checks of ${name} are not understood here`)];
  const implementation = valuesOf(check.implementation);
  return implementation === undefined
    ? [cannot('its implementation is not valid YAML')]
    : engine(implementation, subject, context);
};

const valuesOf = (implementation: unknown): unknown => {
  if (typeof implementation !== 'string') return implementation ?? {};
  try {
    return parse(implementation, { maxAliasCount: 100 }) ?? {};
  } catch {
    return undefined;
  }
};

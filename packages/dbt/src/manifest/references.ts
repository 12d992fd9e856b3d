import type { ManifestNode } from './node-schema.js';
import type { Manifest } from './read-manifest.js';

/** What a piece of Jinja refers to: `ref('orders', v=2)`, `source('shop', 'orders')`. */
interface Reference {
  readonly kind: 'ref' | 'source';
  readonly names: readonly string[];
  readonly version: string | undefined;
}

const call = /\b(ref|source)\s*\(([^()]*)\)/;

const readReference = (text: string): Reference | undefined => {
  const [, kind, args = ''] = call.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const [, version] = /\bv(?:ersion)?\s*=\s*['"]?([^'",\s]+)/.exec(args) ?? [];
  const positional = args.replaceAll(/\w+\s*=\s*(['"]?)[^'",]*\1/g, '');
  return {
    kind: kind as Reference['kind'],
    names: [...positional.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name),
    version,
  };
};

/** What became of looking a relation up. */
export type Found =
  | { readonly kind: 'node'; readonly node: ManifestNode }
  | { readonly kind: 'missing'; readonly reason: string };

/** The relation that a test is about: what its `model` refers to, else what it is attached to, else the only one it reads. */
export const testedRelation = (test: ManifestNode, manifest: Manifest): Found => {
  const model = test.test_metadata?.kwargs.model;
  const named = typeof model === 'string' ? dependencyNamed(model, test, manifest) : undefined;
  const [only, ...others] = test.depends_on.nodes;
  const id = named ?? test.attached_node ?? (others.length === 0 ? only : undefined);
  return id === undefined ? missing('what it tests is not said in the manifest') : relation(id, manifest);
};

/** The relation that a param such as `to: ref('customers')` names. */
export const referredRelation = (text: unknown, test: ManifestNode, manifest: Manifest): Found => {
  if (typeof text !== 'string') return missing('it names no other table');
  const id = dependencyNamed(text, test, manifest);
  return id === undefined ? missing(`${text} is not among what it depends on`) : relation(id, manifest);
};

/** Looks a relation up, and says why where it is not there. */
export const relation = (id: string, manifest: Manifest): Found => {
  const node = manifest.relations.get(id);
  if (node) return { kind: 'node', node };
  return missing(`${id} is ${manifest.disabled.has(id) ? 'disabled' : 'not in the manifest'}`);
};

const missing = (reason: string): Found => ({ kind: 'missing', reason });

const dependencyNamed = (text: string, test: ManifestNode, manifest: Manifest): string | undefined => {
  const reference = readReference(text);
  if (!reference) return undefined;
  const candidates = test.depends_on.nodes.filter((id) => isMeant(id, reference));
  if (candidates.length < 2) return candidates[0];
  return candidates.find((id) => hasVersion(manifest.relations.get(id), reference.version));
};

/** By the parts of the id, so that a node that is not in the manifest is still found by name. */
const isMeant = (id: string, { kind, names, version }: Reference): boolean => {
  const [type, packageName, ...rest] = id.split('.');
  const wanted = names.at(-1);
  if (kind === 'source') return type === 'source' && rest.join('.') === names.join('.');
  if (type === 'source' || (names.length > 1 && packageName !== names[0])) return false;
  const name = rest.join('.');
  return version === undefined ? name === wanted || name.startsWith(`${wanted}.v`) : name === `${wanted}.v${version}`;
};

/** Without a version, the latest is meant. */
const hasVersion = (node: ManifestNode | undefined, version: string | undefined): boolean =>
  node?.version === (version ?? node?.latest_version);

import type { ManifestNode } from '../manifest/node-schema.js';
import type { Manifest } from '../manifest/read-manifest.js';

/** Who is asked: `meta.owner` of the test, the column or the table, else the owner of its group. */
export const ownerOf = (
  nodes: readonly (ManifestNode | undefined)[],
  column: string | undefined,
  { groupOwners }: Manifest,
): string | undefined => {
  const [first, table] = nodes;
  const described = column === undefined ? undefined : table?.columns[column];
  const candidates = [
    first?.config.meta.owner,
    first?.meta.owner,
    described?.config.meta.owner,
    described?.meta.owner,
    table?.config.meta.owner,
    table?.meta.owner,
    table?.owner,
    ...nodes.map((node) => groupOwners.get(node?.group ?? node?.config.group ?? '')),
  ];
  return candidates.map(ownerName).find((name) => name !== undefined);
};

const ownerName = (owner: unknown): string | undefined => {
  if (typeof owner === 'string') return owner.trim() === '' ? undefined : owner.trim();
  if (Array.isArray(owner))
    return (
      owner
        .map(ownerName)
        .filter((name) => name !== undefined)
        .join(', ') || undefined
    );
  if (typeof owner !== 'object' || owner === null) return undefined;
  const { name, email } = owner as { readonly name?: unknown; readonly email?: unknown };
  return (
    ownerName(name) ??
    (Array.isArray(email) ? ownerName(email) : ownerName(typeof email === 'string' ? email : undefined))
  );
};

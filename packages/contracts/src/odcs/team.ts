import type { Contract } from './contract-schema.js';

/** Who is asked: the member in the role of owner who has not left, else the team by its name. */
export const ownerOf = ({ team }: Contract): string | undefined => {
  const members = Array.isArray(team) ? team : team.members;
  const owner = members.find(({ role, dateOut }) => dateOut === undefined && /\bowner\b/i.test(role ?? ''));
  return owner?.name ?? owner?.username ?? (Array.isArray(team) ? undefined : team.name);
};

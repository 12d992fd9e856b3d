const [oldestMajor, oldestMinor] = [22, 18] as const;

/** The oldest Node that the package runs on: `engines` in package.json. */
export const oldestNode = `${oldestMajor}.${oldestMinor}`;

/** What is wrong with a version of Node, and what to do; `undefined` when it is new enough. */
export const nodeProblem = (version: string): string | undefined =>
  isOld(version)
    ? `aegis needs Node ${oldestNode} or later; this is Node ${version}\n  Install a newer one, or run: npx -y -p node@24 -p @aegis/cli aegis`
    : undefined;

const isOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
};

import { type Finished, shell } from './aegis.js';

/** Mounting needs a namespace of one's own, and ends with it. */
const namespace = ['unshare', '--mount', 'bash'] as const;
const mountPoint = 'disk';

/** What is missing for a disk of our own, in words for the scenario that is skipped. */
export const missingPrivilege = async (): Promise<string | undefined> => {
  const { code } = await shell('mount -t tmpfs aegis-e2e /mnt', { cwd: '/' }, namespace);
  return code === 0 ? undefined : 'the privilege to mount a file system (unshare --mount)';
};

/** Runs lines of a shell beside a disk of 64 KiB that only they see. */
export const withDisk = (cwd: string, lines: (disk: string) => readonly string[]): Promise<Finished> => {
  const mount = [`mkdir -p ${mountPoint}`, `mount -t tmpfs -o size=64k aegis-e2e ${mountPoint}`];
  return shell([...mount, ...lines(mountPoint)].join('\n'), { cwd }, namespace);
};

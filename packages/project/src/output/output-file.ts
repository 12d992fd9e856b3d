import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigError, isAegisError } from '@aegis/spec';

/**
 * Proves that the file can be written, and leaves no trace of having tried.
 * @throws ConfigError `output`
 */
export const checkWritable = async (path: string): Promise<void> => {
  try {
    const target = await targetOf(path);
    if (target.special) return;
    const trial = trialPath(target.path);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  } catch (cause) {
    throw outputError(path, cause);
  }
};

/**
 * The same for a file that must not be there yet, unless it may be replaced. Devices and pipes are no files.
 * @throws ConfigError `output`
 */
export const checkNew = async (
  path: string,
  { force = false }: { readonly force?: boolean | undefined },
): Promise<void> => {
  await checkWritable(path);
  const known = await stat(path).catch(() => undefined);
  if (!known?.isFile() || force) return;
  throw new ConfigError('output', `${path} already exists`, {
    hint: 'Nothing was written. Use --force to replace it.',
  });
};

/**
 * The same for a file that may be there only if it is an older version of what replaces it, or empty: a slip on the command
 * line must not cost anybody a database.
 * @throws ConfigError `output`
 */
export const checkReplaceable = async (path: string, isOlderVersion: (beginning: string) => boolean): Promise<void> => {
  await checkWritable(path);
  const known = await stat(path).catch(() => undefined);
  if (!known?.isFile() || known.size === 0 || isOlderVersion(await beginningOf(path))) return;
  throw new ConfigError('output', `${path} exists and is no report`, {
    hint: 'Nothing was written. Name another file, or remove this one first.',
  });
};

const beginningOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/**
 * Writes the whole file or leaves what was there: a temporary file in the same folder, flushed and renamed.
 * Devices and pipes are written to as they are.
 * @throws ConfigError `output`; what the text itself rejects with stays as it is
 */
export const writeWhole = async (path: string, text: string | AsyncIterable<string>): Promise<void> => {
  try {
    const target = await targetOf(path);
    if (target.special) await writeFile(target.path, text);
    else await replaceFile(target.path, text, target.mode);
  } catch (cause) {
    throw isAegisError(cause) ? cause : outputError(path, cause);
  }
};

interface Target {
  /** With symbolic links followed, so that renaming does not replace a link. */
  readonly path: string;
  readonly special: boolean;
  readonly mode?: number | undefined;
}

const targetOf = async (path: string): Promise<Target> => {
  const real = await realpath(path).catch(() => path);
  const known = await stat(real).catch(() => undefined);
  if (known === undefined) return { path: real, special: false };
  if (known.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (!known.isFile()) return { path: real, special: true };
  await (await open(real, 'a')).close();
  return { path: real, special: false, mode: known.mode & 0o777 };
};

const trialPath = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

const replaceFile = async (
  path: string,
  text: string | AsyncIterable<string>,
  mode: number | undefined,
): Promise<void> => {
  const temporary = trialPath(path);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

const reasons: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

const outputError = (path: string, cause: unknown): ConfigError => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new ConfigError('output', `${path} cannot be written: ${reason}`, { cause });
};

import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { ImportTarget } from '../import/import-target.js';
import { importSql } from '../import/sql/import-sql.js';
import type { SqlLineage } from '../import/sql-lineage.js';
import { decoded } from './fetch-source.js';
import { readDocuments } from './read-documents.js';

const jsonEndings: ReadonlySet<string> = new Set(['.json', '.ndjson', '.jsonl']);

/** Reads a file, or every file of a folder that may hold lineage. */
export const readPath = async (path: string, target: ImportTarget, lineageOfSql: SqlLineage): Promise<void> => {
  const found = await stat(path);
  if (!found.isDirectory()) return readFileOf(path, target, lineageOfSql);
  const files = await lineageFiles(path, target);
  if (files.length === 0) target.builder.problems.problem(target.source, 'the folder holds no JSON and no SQL');
  for (const file of files)
    await readGuarded(file, { ...target, source: join(target.source, relative(path, file)) }, lineageOfSql);
};

/** One file that cannot be read does not keep the others of its folder away. */
const readGuarded = async (file: string, target: ImportTarget, lineageOfSql: SqlLineage): Promise<void> => {
  try {
    await readFileOf(file, target, lineageOfSql);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    target.builder.problems.problem(target.source, `cannot be read${code}`);
  }
};

const readFileOf = async (path: string, target: ImportTarget, lineageOfSql: SqlLineage): Promise<void> => {
  if (extname(path).toLowerCase() === '.sql') return importSql(await readFile(path, 'utf8'), target, lineageOfSql);
  await readDocuments(decoded(await bytesOf(path)), target, { catalog: () => catalogBeside(path, target) });
};

const bytesOf = async (path: string): Promise<AsyncIterable<Uint8Array>> => {
  const handle = await open(path);
  const start = Buffer.alloc(2);
  await handle.read(start, 0, 2, 0);
  await handle.close();
  const stream = createReadStream(path);
  return start[0] === 0x1f && start[1] === 0x8b ? stream.pipe(createGunzip()) : stream;
};

const catalogBeside = async (path: string, { builder, source }: ImportTarget): Promise<unknown> => {
  const catalog = join(dirname(path), 'catalog.json');
  try {
    return JSON.parse(await readFile(catalog, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) builder.problems.problem(join(dirname(source), 'catalog.json'), 'not JSON');
    else
      builder.problems.note(
        source,
        'no catalog.json beside it: run dbt docs generate for the columns of sources and seeds',
      );
    return undefined;
  }
};

/** In the order of their names; of a dbt project, only the manifest, which holds what its other files do. */
const lineageFiles = async (folder: string, target: ImportTarget): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isHidden(relative(folder, file)))
    .sort();
  const manifests = foldersWith('manifest.json', files);
  const projects = [...manifests, ...foldersWith('dbt_project.yml', files)];
  const isOfDbt = (file: string): boolean =>
    basename(file) !== 'manifest.json' && projects.some((each) => file.startsWith(join(each, '/')));
  const wanted = files.filter((file) => isLineage(file) && !isOfDbt(file));
  const isRead = (file: string): boolean => wanted.includes(file) || isCatalog(file, manifests);
  noteSkipped(files.filter((file) => !isRead(file)).length, target);
  return wanted;
};

const foldersWith = (name: string, files: readonly string[]): readonly string[] =>
  files.filter((file) => basename(file) === name).map((file) => dirname(file));

/** Folders of tools, and packages of others. */
const isHidden = (path: string): boolean => /(?:^|[\\/])(?:\.[^\\/]+|node_modules|dbt_packages)[\\/]/.test(path);

const isCatalog = (file: string, manifests: readonly string[]): boolean =>
  basename(file) === 'catalog.json' && manifests.includes(dirname(file));

const isLineage = (file: string): boolean => {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  return jsonEndings.has(extname(name)) || extname(file).toLowerCase() === '.sql';
};

const noteSkipped = (count: number, { builder, source }: ImportTarget): void => {
  if (count === 0) return;
  const files =
    count === 1 ? '1 file without lineage of its own is' : `${count} files without lineage of their own are`;
  builder.problems.note(source, `${files} left out`);
};

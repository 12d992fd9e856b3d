import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new folder with these files; what is no text is written as JSON. */
export const folderOf = async (files: { readonly [path: string]: unknown }): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-lineage-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
};

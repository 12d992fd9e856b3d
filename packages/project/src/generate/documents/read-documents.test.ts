import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testProject } from '../../testing/test-project.js';
import { readDocuments } from './read-documents.js';

it('reads text, each file once, without its byte order mark', async () => {
  const { cwd } = await testProject({ 'a.md': '\uFEFF# Größe\n', 'b.txt': 'x' });
  expect(await readDocuments(['a.md', 'b.txt', 'a.md'], cwd)).toEqual([
    { name: 'a.md', text: '# Größe\n' },
    { name: 'b.txt', text: 'x' },
  ]);
});

it.each([
  ['gone.md', 'config/not-found', /gone\.md does not exist$/],
  ['folder', 'config/invalid', /folder is a folder$/],
  ['empty.md', 'config/invalid', /empty\.md is empty$/],
  ['blank.md', 'config/invalid', /blank\.md is empty$/],
  ['binary.pdf', 'config/invalid', /binary\.pdf is no text in UTF-8$/],
  ['latin1.txt', 'config/invalid', /latin1\.txt is no text in UTF-8$/],
  ['utf16.txt', 'config/invalid', /utf16\.txt is no text in UTF-8$/],
  ['huge.md', 'config/invalid', /huge\.md has 2\.5 MB, and at most 2 MB are read$/],
])('refuses %s', async (name, code, message) => {
  const { cwd } = await testProject({ 'empty.md': '', 'blank.md': ' \n\t\n', 'huge.md': 'x' });
  await mkdir(join(cwd, 'folder'));
  await writeFile(join(cwd, 'binary.pdf'), Buffer.from('%PDF-1.7\n\0\x01\x02stream'));
  await writeFile(join(cwd, 'latin1.txt'), Buffer.from('Gr\xF6\xDFe', 'latin1'));
  await writeFile(join(cwd, 'utf16.txt'), Buffer.from('\uFEFFtext', 'utf16le'));
  await truncate(join(cwd, 'huge.md'), 2_500_000);
  await expect(readDocuments([name], cwd)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

import { mkdir, mkdtemp, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditError } from '@aegis/spec';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkNew, checkReplaceable, checkWritable, writeWhole } from './output-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-output-'));
});

describe('checkWritable', () => {
  it('accepts a new and an existing file, and leaves no trace', async () => {
    await writeFile(join(folder, 'old.json'), 'old');
    await checkWritable(join(folder, 'old.json'));
    await checkWritable(join(folder, 'new.json'));
    expect(await readdir(folder)).toEqual(['old.json']);
    expect(await readFile(join(folder, 'old.json'), 'utf8')).toBe('old');
  });

  it('says why a file cannot be written', async () => {
    await mkdir(join(folder, 'sub'));
    await expect(checkWritable(join(folder, 'gone', 'x.json'))).rejects.toThrow(/the folder does not exist/);
    await expect(checkWritable(join(folder, 'sub'))).rejects.toThrow(/it is a folder/);
    await expect(checkWritable(join(folder, 'gone', 'x.json'))).rejects.toMatchObject({ code: 'config/output' });
  });
});

describe('checkReplaceable', () => {
  const isOlder = (beginning: string) => beginning.startsWith('report');

  it('accepts what is new, empty, an older version, or a device', async () => {
    await writeFile(join(folder, 'empty'), '');
    await writeFile(join(folder, 'older'), `report ${'x'.repeat(1_000)}`);
    for (const name of ['new', 'empty', 'older']) await checkReplaceable(join(folder, name), isOlder);
    await checkReplaceable('/dev/null', isOlder);
  });

  it('refuses any other file', async () => {
    await writeFile(join(folder, 'data.csv'), 'id\n1\n');
    await expect(checkReplaceable(join(folder, 'data.csv'), isOlder)).rejects.toMatchObject({
      code: 'config/output',
      hint: expect.stringContaining('Nothing was written'),
    });
  });
});

describe('checkNew', () => {
  it('refuses a file that is there, unless it may be replaced', async () => {
    await writeFile(join(folder, 'old.json'), 'old');
    await expect(checkNew(join(folder, 'old.json'), {})).rejects.toThrow(/old\.json already exists/);
    await checkNew(join(folder, 'old.json'), { force: true });
    await checkNew(join(folder, 'new.json'), {});
    expect(await readdir(folder)).toEqual(['old.json']);
  });

  it('takes a device for no file', async () => {
    await checkNew('/dev/null', {});
  });
});

describe('writeWhole', () => {
  it('keeps the older file when the text ends in an error', async () => {
    await writeFile(join(folder, 'calls.jsonl'), 'old');
    const broken = async function* () {
      yield 'half';
      throw new AuditError('corrupt', 'the trail is damaged');
    };
    await expect(writeWhole(join(folder, 'calls.jsonl'), broken())).rejects.toMatchObject({ code: 'audit/corrupt' });
    expect(await readFile(join(folder, 'calls.jsonl'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['calls.jsonl']);
  });

  it('replaces the file at once and leaves nothing beside it', async () => {
    await writeFile(join(folder, 'report.json'), 'a much longer text than the new one');
    await writeWhole(join(folder, 'report.json'), 'new');
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['report.json']);
  });

  it('writes through a symbolic link', async () => {
    await writeFile(join(folder, 'real.json'), '');
    await symlink('real.json', join(folder, 'link.json'));
    await writeWhole(join(folder, 'link.json'), 'text');
    expect(await readFile(join(folder, 'real.json'), 'utf8')).toBe('text');
    expect(await readlink(join(folder, 'link.json'))).toBe('real.json');
  });

  it.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    await expect(writeWhole('/dev/full', 'text')).rejects.toThrow('/dev/full cannot be written: the disk is full');
  });
});

import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseReport } from '@aegis/report';
import { describe, expect } from 'vitest';
import { scenario, scenarioUnless } from '../scenario.js';
import { aegis, commandLine, shell } from './aegis.js';
import { runArgs, shop } from './project.js';
import { expectEnd, readReport } from './reports.js';
import { missingPrivilege, withDisk } from './small-disk.js';

const escapeCharacter = '\u001b';

/** Runs under `script`, which gives the command a terminal of this width. */
const onTerminal = (command: string, columns: number) => `script -qec 'stty cols ${columns}; ${command}' /dev/null`;
const missing = await missingPrivilege();
const missingScript = await promisify(execFile)('script', ['--version']).then(
  () => undefined,
  () => 'the program script',
);

describe('an output file', () => {
  scenario('output/not-writable', 'that cannot be written stops the run before it starts', async () => {
    const cwd = await shop(undefined, { 'folder/keep': '' });
    for (const [path, reason] of [
      ['gone/report.json', /cannot be written: the folder does not exist/],
      ['folder', /cannot be written: it is a folder/],
      ['rules.yaml/report.json', /cannot be written/],
    ] as const) {
      const finished = await aegis([...runArgs, '--output-json', path], { cwd });
      expectEnd(finished, { code: 2, stderr: reason, stdout: '' });
      expect(finished.stderr).not.toContain('Run ');
    }
  });

  scenario('output/file-equals-stdout', 'holds what is printed as JSON', async () => {
    const cwd = await shop();
    const { stdout } = await aegis([...runArgs, '--format', 'json', '--output-json', 'report.json'], { cwd });
    expect(await readFile(join(cwd, 'report.json'), 'utf8')).toBe(stdout);
    expect((await readdir(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  scenario('output/replaces-reports', 'replaces a report, and no other file', async () => {
    const cwd = await shop();
    const finished = await aegis([...runArgs, '--output-json', 'rules.yaml'], { cwd });
    expectEnd(finished, { code: 2, stdout: '', stderr: /rules\.yaml exists and is no report/ });
    expectEnd(await aegis([...runArgs, '--output-json', 'shop.duckdb'], { cwd }), { code: 2, stderr: /is no report/ });
    for (const _ of ['new', 'again']) {
      expectEnd(await aegis([...runArgs, '--output-json', 'report.json'], { cwd }), { code: 1, stdout: /2 rules: / });
    }
  });

  scenario('output/disk-full', 'on a device without room is said, and the run is still reported', async () => {
    const cwd = await shop();
    const finished = await aegis([...runArgs, '--output-json', '/dev/full'], { cwd });
    expectEnd(finished, { code: 3, stderr: /\/dev\/full cannot be written: the disk is full/, stdout: /2 rules: / });
  });

  scenarioUnless(missing, 'output/disk-full', 'on a full disk keeps the older report whole', async () => {
    const cwd = await shop();
    const older = '{"schema":"older"}\n';
    await writeFile(join(cwd, 'older.json'), older);
    const { stdout } = await withDisk(cwd, (disk) => [
      `cp older.json ${disk}/report.json`,
      // Leaves the trial file its entry, and the report no room.
      `head -c 1M /dev/zero > ${disk}/filler 2> /dev/null`,
      `aegis ${runArgs.join(' ')} --quiet --output-json ${disk}/report.json > /dev/null; echo "code $?"`,
      `ls -A ${disk}; cat ${disk}/report.json`,
    ]);
    expect(stdout).toMatch(/code 3\nfiller\nreport\.json\n/);
    expect(stdout.endsWith(older)).toBe(true);
  });
});

describe('stdout', () => {
  scenario('output/json-alone', 'holds machine formats alone', async () => {
    const cwd = await shop();
    const json = await aegis([...runArgs, '--format', 'json'], { cwd });
    expectEnd(json, { code: 1, stderr: /^Run .*: 2 rules on 1 table$/m });
    expect(parseReport(json.stdout).results).toHaveLength(2);
    expect((await aegis([...runArgs, '--format', 'junit'], { cwd })).stdout).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
    expect(JSON.parse((await aegis([...runArgs, '--format', 'sarif'], { cwd })).stdout)).toHaveProperty('runs');
  });

  scenario('output/quiet', 'is all there is with --quiet', async () => {
    const cwd = await shop();
    expectEnd(await aegis([...runArgs, '--quiet'], { cwd }), { code: 1, stdout: /2 rules: / });
    expect((await aegis([...runArgs, '--quiet'], { cwd })).stderr).toBe('');
  });

  scenario('output/narrow', 'fits into 40 columns when COLUMNS says so', async () => {
    const cwd = await shop();
    const { stdout } = await aegis(runArgs, { cwd, env: { COLUMNS: '40' } });
    expect(stdout.split('\n').filter((line) => [...line].length > 40)).toEqual([]);
  });

  scenario('output/no-color', 'has no colour where it is no terminal', async () => {
    const cwd = await shop();
    expect((await aegis(runArgs, { cwd })).stdout).not.toContain(escapeCharacter);
    expect((await aegis(runArgs, { cwd, env: { FORCE_COLOR: '1' } })).stdout).toContain(escapeCharacter);
    expect((await aegis([...runArgs, '--no-color'], { cwd, env: { FORCE_COLOR: '1' } })).stdout).not.toContain(
      escapeCharacter,
    );
  });

  scenarioUnless(
    missingScript,
    ['output/no-color', 'output/narrow'],
    'minds NO_COLOR and the width of a terminal',
    async () => {
      const cwd = await shop();
      const command = `${commandLine} ${runArgs.join(' ')} --quiet`;
      const colourful = await shell(onTerminal(command, 40), { cwd });
      expect(colourful.stdout).toContain(`${escapeCharacter}[3`);
      const plain = await shell(onTerminal(command, 40), { cwd, env: { NO_COLOR: '1' } });
      expect(plain.stdout).not.toContain(`${escapeCharacter}[3`);
      expect(plain.stdout.split(/\r?\n/).filter((line) => [...line].length > 40)).toEqual([]);
    },
  );

  scenario('output/reader-gone', 'ends quietly when its reader goes away', async () => {
    const cwd = await shop();
    const finished = await shell(`aegis ${runArgs.join(' ')} | head -1; echo "codes \${PIPESTATUS[*]}"`, { cwd });
    expectEnd(finished, { code: 0, stdout: /^Aegis run .*\ncodes 1 0\n$/ });
    const listed = await shell(`aegis rules schema | head -c 1 > /dev/null; echo "codes \${PIPESTATUS[*]}"`, { cwd });
    expectEnd(listed, { code: 0, stdout: /^codes 0 0\n$/ });
    expect(listed.stderr).toBe('');
  });

  scenario('output/lost', 'that cannot be written ends the run incomplete', async () => {
    const cwd = await shop();
    const finished = await shell(`aegis ${runArgs.join(' ')} --quiet > /dev/full`, { cwd });
    expectEnd(finished, { code: 3, stderr: /^error: the output cannot be written: the disk is full\n$/ });
    expectEnd(await shell(`aegis ${runArgs.join(' ')} 2> /dev/full`, { cwd }), { code: 1, stdout: /2 rules: / });
  });

  scenario('command/report', 'shows an earlier run in every format', async () => {
    const cwd = await shop();
    await aegis([...runArgs, '--output-json', 'report.json'], { cwd });
    const { run_id } = await readReport(cwd);
    for (const format of ['terminal', 'json', 'markdown', 'junit', 'sarif', 'html']) {
      expectEnd(await aegis(['report', run_id, '--format', format], { cwd }), { code: 0, stdout: /status_there/ });
    }
    expectEnd(await aegis(['report', '20200101-nothing'], { cwd }), { code: 2, stderr: /No run "20200101-nothing"/ });
  });
});

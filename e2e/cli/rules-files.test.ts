import { describe } from 'vitest';
import { scenario } from '../scenario.js';
import { aegis } from './aegis.js';
import { folderWith, rulesFile, runArgs, shop } from './project.js';
import { expectEnd } from './reports.js';

const orders = 'table: orders';

describe('a rules file that is wrong', () => {
  scenario(['input/rules-file-missing', 'exit/usage'], 'is named when it does not exist', async () => {
    const cwd = await shop();
    const finished = await aegis(['run', 'ruels.yaml', '--db', 'shop.duckdb'], { cwd });
    expectEnd(finished, { code: 2, stderr: /^error: no such file or directory: ruels\.yaml$/m, stdout: '' });
  });

  scenario('input/rules-file-empty', 'is told what it should hold when it is empty', async () => {
    const cwd = await shop({}, { 'rules.yaml': '' });
    expectEnd(await aegis(runArgs, { cwd }), {
      code: 2,
      stderr: /rules\.yaml:1:1: the file holds no rules\n {2}Write a `rules:` list/,
      stdout: '',
    });
  });

  scenario('input/rules-file-not-yaml', 'is refused at the place where it stops being YAML', async () => {
    const cwd = await shop({}, { 'rules.yaml': 'rules:\n  - metadata: {id: a\n    scope: x\n' });
    expectEnd(await aegis(runArgs, { cwd }), { code: 2, stderr: /rules\.yaml:3:5: not valid YAML/, stdout: '' });
  });

  scenario('input/rules-file-not-yaml', 'is refused at the first byte that is no text', async () => {
    const cwd = await shop({}, { 'rules.yaml': new Uint8Array([0x72, 0x00, 0xff, 0xfe]) });
    expectEnd(await aegis(runArgs, { cwd }), { code: 2, stderr: /rules\.yaml:1:3: the file is not UTF-8/, stdout: '' });
  });

  scenario(
    ['input/unknown-key', 'input/unknown-type', 'input/unknown-param'],
    'is told every mistake at its place, with what was meant',
    async () => {
      const rules = rulesFile({
        key: { scope: orders, logic: 'type: not_null, column: id', metadata: 'severty: high' },
        type: { scope: orders, logic: 'type: betwen, column: id' },
        param: { scope: orders, logic: 'type: between, column: id, min_value: 0, max_vlaue: 1' },
      });
      const cwd = await shop({}, { 'rules.yaml': rules });
      const finished = await aegis(runArgs, { cwd });
      expectEnd(finished, { code: 2, stdout: '' });
      expectEnd(finished, {
        code: 2,
        stderr: /rules\.yaml:2:\d+: unknown key "severty" in metadata\n {2}Did you mean "severity"\?/,
      });
      expectEnd(finished, {
        code: 2,
        stderr: /rules\.yaml:7:20: logic\.type is no rule type: "betwen"\n {2}Did you mean "between"\?/,
      });
      expectEnd(finished, {
        code: 2,
        stderr: /rules\.yaml:10:\d+: unknown key "max_vlaue" in logic of between\n {2}Did you mean "max_value"\?/,
      });
    },
  );

  scenario('input/duplicate-id', 'is refused for an id that another file uses', async () => {
    const one = rulesFile({ same: { scope: orders, logic: 'type: not_null, column: id' } });
    const cwd = await shop({}, { 'rules/a.yaml': one, 'rules/b.yaml': one });
    expectEnd(await aegis(['run', 'rules', '--db', 'shop.duckdb', '--no-llm'], { cwd }), {
      code: 2,
      stderr: /rules\/b\.yaml:2:21: duplicate rule id "same"\n {2}It is already used at rules\/a\.yaml:2:21/,
      stdout: '',
    });
  });

  scenario('command/validate', 'is found by validate as well, which runs nothing', async () => {
    const cwd = await folderWith({
      'rules.yaml': rulesFile({ a: { scope: orders, logic: 'type: not_nul, column: id' } }),
    });
    expectEnd(await aegis(['validate', 'rules.yaml'], { cwd }), { code: 2 });
    const good = await shop();
    expectEnd(await aegis(['validate', 'rules.yaml', '--db', 'shop.duckdb'], { cwd: good }), {
      code: 0,
      stdout: /2 valid rules in 1 file, 0 errors/,
    });
  });
});

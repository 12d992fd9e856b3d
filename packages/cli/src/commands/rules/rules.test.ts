import { ruleTypes } from '@aegis/rules';
import { expect, it } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';

it('lists every rule type, as text and as data', async () => {
  const { stdout } = await aegis(['rules', 'list']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(ruleTypes.length + 1);
  const listed = JSON.parse((await aegis(['rules', 'list', '--json'])).stdout);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual(ruleTypes.map(({ name }) => name));
});

it('lists one category, and names them all when there is no such category', async () => {
  const { stdout } = await aegis(['rules', 'list', '--category', 'uniqueness']);
  expect(stdout).toContain('composite_unique');
  expect(stdout).not.toContain('freshness');
  const unknown = await aegis(['rules', 'list', '--category', 'uniqness']);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/Categories: .*uniqueness/) });
});

it('explains a rule type, and suggests the one that was meant', async () => {
  expect((await aegis(['rules', 'show', 'freshness'])).stdout).toContain('# `freshness`');
  expect(await aegis(['rules', 'show', 'freshnes'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean "freshness"?'),
  });
});

it('prints a JSON Schema that editors can read', async () => {
  const schema = JSON.parse((await aegis(['rules', 'schema'])).stdout);
  expect(schema).toMatchObject({ $schema: expect.stringContaining('json-schema.org') });
});

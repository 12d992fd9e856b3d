import { describe, expect, it } from 'vitest';
import { connect, dataOf, type Era } from '../testing/connect.js';
import { narratedProject } from '../testing/narrated-project.js';
import { shop, testProject } from '../testing/test-project.js';

/** What clients rely on: a change here is a decision. */
it('offers the tools, resources and prompts that are pinned', async () => {
  const { client } = await connect({ options: { lineage: ['etl.sql'], samples: 'redacted' } });
  const { tools } = await client.listTools();
  const { resourceTemplates } = await client.listResourceTemplates();
  const { resources } = await client.listResources();
  const { prompts } = await client.listPrompts();
  const contract = { tools, resourceTemplates, resources, prompts };
  await expect(`${JSON.stringify(contract, null, 2)}\n`).toMatchFileSnapshot('__golden__/contract.json');
});

it('describes its tools in less than a small part of a context', async () => {
  const { client } = await connect({ options: { lineage: ['etl.sql'] } });
  const { tools } = await client.listTools();
  expect(JSON.stringify(tools).length).toBeLessThan(40_000);
});

it('says of its tools what they do, and nothing better', async () => {
  const { client } = await connect();
  const { tools } = await client.listTools();
  for (const { name, annotations, inputSchema, outputSchema } of tools) {
    expect(annotations).toMatchObject({ readOnlyHint: name !== 'aegis_run', destructiveHint: false });
    expect([inputSchema.type, outputSchema?.type]).toEqual(['object', 'object']);
  }
});

describe.each<Era>(['legacy', 'auto'])('resources, protocol %s', (era) => {
  const textAt = async (client: Awaited<ReturnType<typeof connect>>['client'], uri: string): Promise<string> => {
    const { contents } = await client.readResource({ uri });
    return contents.map((content) => ('text' in content ? content.text : '')).join('');
  };

  it('are the runs, their reports without rows, and the rule types', async () => {
    const { client, call } = await connect({ era });
    const { run_id } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      expect.arrayContaining(['aegis://rules', `aegis://runs/${run_id}`, `aegis://report/${run_id}`]),
    );
    const report = await textAt(client, `aegis://report/${run_id}`);
    expect(report).toContain('ids');
    expect(report).not.toContain('<email:1>');
    expect(JSON.parse(await textAt(client, `aegis://runs/${run_id}`))).toMatchObject({
      runId: run_id,
      status: 'completed',
    });
    expect(await textAt(client, 'aegis://rules')).toContain('- not_null (');
    expect(await textAt(client, 'aegis://rules/not_null')).toContain('# `not_null`');
  });

  it('show masked rows where the server shows them', async () => {
    const effects = await narratedProject();
    const { client, call } = await connect({ era, effects, options: { samples: 'redacted' } });
    const { run_id } = dataOf(await call('aegis_run', { rules: ['rules.yaml'] }));
    expect(await textAt(client, `aegis://report/${run_id}`)).toMatch(/`<email:1>` \|.*Zurich/);
    expect(await textAt(client, `aegis://report/${run_id}`)).not.toContain('example.com');
    const hiding = await connect({ era, effects });
    expect(await textAt(hiding.client, `aegis://report/${run_id}`)).not.toContain('Zurich');
  });

  it.each([
    'aegis://rules/nosuch',
    'aegis://runs/nosuch',
    'aegis://report/..%2f..%2fx',
    'file:///etc/passwd',
    'aegis://x',
  ])('are not found where there is none: %s', async (uri) => {
    const { client } = await connect({ era });
    const error = await client.readResource({ uri }).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/not found|not-found/i);
    expect(String(error)).not.toMatch(/\n\s+at /);
  });

  it('take no report file for a run', async () => {
    const effects = await testProject({ ...shop, 'report.json': '{"secret": 1}' });
    const { client } = await connect({ era, effects });
    await expect(client.readResource({ uri: 'aegis://report/report.json' })).rejects.toThrow(/must be the id of a run/);
  });
});

describe('prompts', () => {
  it('set a model to work on a failure', async () => {
    const { client, call } = await connect({ effects: await narratedProject() });
    const { run_id: run } = dataOf(await call('aegis_run', { rules: ['rules.yaml'] }));
    const { messages } = await client.getPrompt({
      name: 'investigate_failure',
      arguments: { run: String(run), rule: 'there' },
    });
    expect(messages[0]?.content).toMatchObject({ type: 'text', text: expect.stringContaining(`in run "${run}"`) });
    const wrong = client.getPrompt({ name: 'investigate_failure', arguments: { run: String(run), rule: 'nosuch' } });
    await expect(wrong).rejects.toThrow(/config\/usage: .*has no rule "nosuch"/);
    const reviewed = await client.getPrompt({ name: 'review_run', arguments: {} });
    expect(JSON.stringify(reviewed)).toContain(run);
    const written = await client.getPrompt({ name: 'write_rules', arguments: { table: 'orders' } });
    expect(JSON.stringify(written)).toContain('aegis_validate');
  });

  it('complete ids of runs, and of the rules that failed in one', async () => {
    const { client, call } = await connect();
    const { run_id: run } = dataOf(await call('aegis_run', { rules: ['rules'] }));
    const ref = { type: 'ref/prompt', name: 'investigate_failure' } as const;
    const runs = await client.complete({ ref, argument: { name: 'run', value: String(run).slice(0, 4) } });
    expect(runs.completion.values).toEqual([run]);
    const rules = await client.complete({
      ...{ ref, argument: { name: 'rule', value: '' } },
      context: { arguments: { run: String(run) } },
    });
    expect(rules.completion.values).toEqual(['ids_unique', 'emails_there']);
  });
});

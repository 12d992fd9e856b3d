import type { ElicitRequest, ElicitResult } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { type ConnectOptions, connect, dataOf, type Era, textOf } from '../testing/connect.js';
import { narratedProject } from '../testing/narrated-project.js';
import { testProject } from '../testing/test-project.js';

/** A client whose user answers so. */
const answering = (answer: ElicitResult, asked: ElicitRequest[] = []): Pick<ConnectOptions, 'client' | 'prepare'> => ({
  client: { capabilities: { elicitation: { form: {} } } },
  prepare: (client) =>
    client.setRequestHandler('elicitation/create', (request) => {
      asked.push(request);
      return answer;
    }),
});

const proposal = async (given: ConnectOptions) => {
  const connected = await connect({ effects: await narratedProject(), ...given });
  const { run_id: run } = dataOf(await connected.call('aegis_run', { rules: ['rules.yaml'] }));
  return connected.call('aegis_propose_fix', { run, rule: 'there' });
};

describe.each<Era>(['legacy', 'auto'])('aegis_propose_fix, protocol %s', (era) => {
  it('gives the SQL once a person has seen it and approved', async () => {
    const asked: ElicitRequest[] = [];
    const result = await proposal({
      era,
      ...answering({ action: 'accept', content: { approve: true, comment: 'Go' } }, asked),
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.params.message).toMatch(/It is shown, not executed\.[\s\S]*DELETE FROM[\s\S]*Look first\./);
    expect(dataOf(result)).toMatchObject({
      ...{ decision: 'approved', comment: 'Go' },
      fix: { sql: expect.stringContaining('DELETE FROM'), source: 'model', confidence: 'low' },
    });
    expect(textOf(result)).toMatch(/^The person approved this fix of there\. It was not executed\.\n/);
  });

  it.each<ElicitResult>([
    { action: 'accept', content: { approve: false } },
    { action: 'decline' },
    { action: 'cancel' },
    { action: 'accept', content: { approve: 'yes' as never } },
  ])('keeps it to itself otherwise: %j', async (answer) => {
    const result = await proposal({ era, ...answering(answer) });
    if (result.isError) expect(textOf(result)).toMatch(/approve/);
    else expect(dataOf(result)).toMatchObject({ decision: 'rejected', fix: null });
    expect(JSON.stringify(result)).not.toContain('DELETE');
  });

  it('says that nobody approved where the client cannot ask', async () => {
    const result = await proposal({ era });
    expect(dataOf(result)).toMatchObject({ decision: 'not_asked', fix: { sql: expect.stringContaining('DELETE') } });
    expect(textOf(result)).toContain('Nobody has approved it');
  });

  it('has nothing to propose for a rule that passed', async () => {
    const connected = await connect({ effects: await testProject(), era, ...answering({ action: 'decline' }) });
    const { run_id: run } = dataOf(await connected.call('aegis_run', { rules: ['rules'] }));
    expect(dataOf(await connected.call('aegis_propose_fix', { run, rule: 'amounts_there' }))).toMatchObject({
      decision: 'nothing_to_propose',
      fix: null,
    });
  });
});

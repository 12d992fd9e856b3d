import { text } from 'node:stream/consumers';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { serveOnLoopback } from '../servers/loopback.js';
import { aegis } from './aegis.js';
import { folderWith, rulesFile, seedDatabase } from './project.js';

const customers = rulesFile({
  emails: { scope: 'table: customers', logic: 'type: not_null, column: email' },
  ids: { scope: 'table: customers', logic: 'type: unique, column: id' },
});

/** A project whose runs are told to a server, and what that server got. */
const toldProject = async (status = 200) => {
  const bodies: string[] = [];
  const address = await serveOnLoopback(async (request, response) => {
    bodies.push(await text(request));
    response.writeHead(status).end();
  });
  const url = `${address}/services/T000/secret`;
  const cwd = await folderWith({
    'rules.yaml': customers,
    'aegis.yaml':
      "notifications:\n  default: team\n  targets:\n    team: { type: slack, url: '${env:SLACK_WEBHOOK_URL}' }\n" +
      'warehouses:\n  shop: { type: duckdb, path: shop.duckdb }\n',
  });
  await seedDatabase(
    `${cwd}/shop.duckdb`,
    "CREATE TABLE customers AS SELECT range AS id, CASE WHEN range > 2 THEN 'ann@example.com' END AS email FROM range(9)",
  );
  return { cwd, bodies, env: { SLACK_WEBHOOK_URL: url } };
};

describe('a finished run', () => {
  scenario('notify/told', 'is told to the target of aegis.yaml, without values of rows', async () => {
    const { cwd, bodies, env } = await toldProject();
    expect((await aegis(['run', 'rules.yaml', '--no-llm'], { cwd, env })).code).toBe(1);
    const [message] = bodies.map((body) => JSON.parse(body));
    expect(message.text).toMatch(/: 1 of 2 rules failed$/);
    expect(JSON.stringify(message.blocks)).toContain('*emails* (high) on `customers`');
    expect(bodies.join()).not.toContain('ann@example.com');
  });

  scenario('notify/occasion', 'is told only on the occasion that was asked for', async () => {
    const { cwd, bodies, env } = await toldProject();
    await aegis(['run', 'rules.yaml', '--no-llm', '--notify-on', 'critical'], { cwd, env });
    expect(bodies).toEqual([]);
    await aegis(['run', 'rules.yaml', '--no-llm', '--select', 'ids', '--notify-on', 'all'], { cwd, env });
    expect(JSON.parse(bodies[0] ?? '').text).toMatch(/the one rule holds$/);
  });

  scenario('notify/lost', 'ends as it would when nobody can be told, and says so without the URL', async () => {
    const { cwd, env } = await toldProject(404);
    const { code, stderr, stdout } = await aegis(['run', 'rules.yaml', '--no-llm'], { cwd, env });
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain('The notification target "team" was not told: the server answered 404.');
    expect(`${stdout}${stderr}`).not.toContain('T000');
  });
});

import { executeTable, planRun } from '@aegis/engine';
import { builtinTypes } from '@aegis/rules';
import { postgres } from '@aegis/warehouse-postgres';
import pg from 'pg';
import { answerOf, assertExpectedFailures, normalised } from '../answers.js';
import type { Asked, Ready } from '../contenders/contender.js';
import type { DataSet } from '../generate.js';
import { failingRules, now, rulesFor } from '../rules.js';
import { type Form, forms, sampleOf, scriptOf } from './hand-written.js';

export const contenders = ['aegis', ...forms] as const;
export type Contender = (typeof contenders)[number];

export interface Task {
  readonly contender: Contender;
  readonly dataSet: DataSet;
  readonly url: string;
}

/** Connected and ready: what follows is timed. */
export const open = (task: Task): Promise<Ready> =>
  task.contender === 'aegis' ? byAegis(task) : byHand(task.contender, task);

const toFail = ({ state }: DataSet): readonly string[] => (state === 'failing' ? failingRules : []);

/** The engine with the adapter's defaults, with five sample rows for each rule that fails. */
const byAegis = async ({ dataSet, url }: Task): Promise<Ready> => {
  const warehouse = postgres({ url });
  await warehouse.connect();
  const [task] = planRun(rulesFor(dataSet, 'native'), { types: builtinTypes, defaultWarehouse: 'postgres' }).tables;
  if (!task) throw new Error('the rules plan no table');
  const options = {
    ...{ types: builtinTypes, runId: 'bench', now, timezone: 'UTC', project: 'bench', sampleRows: 5 },
    loadGuard: () => Promise.reject(new Error('no rule holds SQL')),
  };
  return {
    ask: async () => {
      const { results, statements } = await executeTable(task, warehouse, options);
      const answers = Object.fromEntries(results.map((result) => [result.rule_id, answerOf(result)]));
      const failed = results.filter(({ outcome }) => outcome === 'fail').map(({ rule_id }) => rule_id);
      assertExpectedFailures(failed, toFail(dataSet));
      return { answers, statements };
    },
    close: async () => warehouse.close?.(),
  };
};

/** The hand-written statements, then samples of the rules that found something, on as many connections as the form has. */
const byHand = async (form: Form, { dataSet, url }: Task): Promise<Ready> => {
  const { statements, connections } = scriptOf(form);
  const types = { getTypeParser: () => (text: string) => text };
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url, types }));
  await Promise.all(clients.map((client) => client.connect()));
  const samples = toFail(dataSet).flatMap((ruleId) => sampleOf(ruleId) ?? []);
  return {
    ask: async (): Promise<Asked> => {
      const rows = await askAll(
        clients,
        statements.map(({ sql }) => sql),
      );
      const answers = statements.flatMap(({ ruleIds }, index) =>
        ruleIds.map((ruleId, column) => [ruleId, normalised(rows[index]?.[0]?.[column])] as const),
      );
      const shown = await askAll(clients, samples);
      if (shown.some(({ length }) => length === 0)) throw new Error('a sample came back without a row');
      return { answers: Object.fromEntries(answers), statements: statements.length + samples.length };
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
};

type Rows = readonly (readonly unknown[])[];

/** Every connection takes the next statement as soon as it is free. */
const askAll = async (clients: readonly pg.Client[], statements: readonly string[]): Promise<readonly Rows[]> => {
  const answers: Rows[] = [];
  const waiting = statements.map((text, index) => ({ text, index }));
  const work = async (client: pg.Client): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      answers[next.index] = (await client.query<unknown[]>({ text: next.text, rowMode: 'array' })).rows;
    }
  };
  await Promise.all(clients.map(work));
  return answers;
};

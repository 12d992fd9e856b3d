import { executeTable, planRun, type TaskOutcome } from '@aegis/engine';
import { builtinTypes } from '@aegis/rules';
import { duckdb } from '@aegis/warehouse-duckdb';
import { answerOf, assertExpectedFailures } from '../answers.js';
import { tablePath } from '../generate.js';
import { failingRules, now, rulesFor } from '../rules.js';
import type { Asked, Ready, Task } from './contender.js';

const fileTables = ['lines', 'orders', 'parts'];

/** The engine over the same rules, with five sample rows for each that fails. */
export const byAegis = async ({ dataSet, storage }: Task): Promise<Ready> => {
  const warehouse =
    storage === 'native'
      ? duckdb({ path: dataSet.database })
      : duckdb({ files: fileTables.map((name) => tablePath(dataSet, name)) });
  await warehouse.connect();
  const rules = rulesFor(dataSet, storage);
  const options = {
    ...{ types: builtinTypes, runId: 'bench', now, timezone: 'UTC', project: 'bench', sampleRows: 5 },
    loadGuard: () => Promise.reject(new Error('no rule holds SQL')),
  };
  return {
    ask: async () => {
      const [task] = planRun(rules, { types: builtinTypes, defaultWarehouse: 'duckdb' }).tables;
      if (!task) throw new Error('the rules plan no table');
      const outcome = await executeTable(task, warehouse, options);
      assertExpectedFailures(failedIn(outcome), dataSet.state === 'failing' ? failingRules : []);
      return asked(outcome);
    },
    close: async () => warehouse.close?.(),
  };
};

const failedIn = ({ results }: TaskOutcome): readonly string[] =>
  results.filter(({ outcome }) => outcome === 'fail').map(({ rule_id }) => rule_id);

const asked = ({ results, statements }: TaskOutcome): Asked => ({
  answers: Object.fromEntries(results.map((result) => [result.rule_id, answerOf(result)])),
  statements,
});

import { expect, it } from 'vitest';
import { runRules } from '../runs/run-rules.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';

it('refuses a run whose rules name a file that may not be read', async () => {
  const asked: string[] = [];
  const mayRead = async (path: string) => {
    asked.push(path);
    return path.endsWith('customers.csv');
  };
  const files = {
    ...{ 'customers.csv': customers, 'salaries.csv': customers },
    'rules.yaml': rulesFile({
      there: { table: 'customers.csv', logic: 'type: not_null, column: id' },
      known: {
        table: 'customers.csv',
        logic: 'type: foreign_key, columns: [id], reference_table: salaries.csv, reference_columns: [id]',
      },
    }),
  };
  const effects = await testProject(files, { mayRead });
  const running = runRules({ rules: ['rules.yaml'], llm: false, history: 'h.db' }, effects);
  await expect(running.next()).rejects.toMatchObject({
    code: 'config/usage',
    message: expect.stringMatching(/^a rule names .*salaries\.csv, which may not be read here$/),
  });
  expect(asked).toContain(`${effects.cwd}/customers.csv`);
});

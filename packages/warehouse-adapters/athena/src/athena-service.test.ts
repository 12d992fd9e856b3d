import { expect, it } from 'vitest';
import { athena } from './index.js';

const { AEGIS_TEST_ATHENA_OUTPUT: output, AEGIS_TEST_ATHENA_WORK_GROUP: workGroup } = process.env;

it('gets from the service itself what the emulator says that it gives', async (context) => {
  if (!output) context.skip('needs credentials of AWS and AEGIS_TEST_ATHENA_OUTPUT, a place in S3');
  const warehouse = athena({ outputLocation: String(output), ...(workGroup !== undefined && { workGroup }) });
  const [row] = await warehouse.executeSample(
    "SELECT CAST(1 AS bigint) AS i, nan() AS f, X'6869' AS b, '' AS e, CAST(NULL AS varchar) AS n, TIMESTAMP '2026-01-15 12:00:00.5 Europe/Berlin' AS t, CAST(ARRAY[1, 2] AS json) AS j",
    10,
  );
  expect(row).toEqual({ i: '1', f: 'NaN', b: 'aGk=', e: '', n: null, t: '2026-01-15T11:00:00.5Z', j: '[1,2]' });
  await expect(warehouse.executeScalar('SELECT * FROM no_such_table_here')).rejects.toMatchObject({
    code: 'warehouse/not-found',
  });
  await warehouse.close?.();
});

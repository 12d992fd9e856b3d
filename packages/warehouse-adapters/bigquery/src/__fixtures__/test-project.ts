import { randomUUID } from 'node:crypto';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { BigQuery } from '@google-cloud/bigquery';
import type { BigQueryOptions } from '../index.js';

/** A dataset of the test's own, in the emulator or in the real service. */
export interface TestProject {
  readonly options: BigQueryOptions;
  /** Runs statements as the owner of the dataset, past the adapter. */
  run(...statements: readonly string[]): Promise<void>;
  /** Statements that the emulator could not run. */
  readonly notCovered: readonly string[];
  close(): Promise<void>;
}

/** The real service, where `AEGIS_TEST_BIGQUERY_PROJECT` names a project that the default credentials may use. */
export const openTestProject = (): Promise<TestProject> => {
  const projectId = process.env.AEGIS_TEST_BIGQUERY_PROJECT;
  return projectId ? realProject(projectId, process.env.AEGIS_TEST_BIGQUERY_LOCATION ?? 'US') : emulatedProject();
};

const emulatedProject = async (): Promise<TestProject> => {
  const emulator = await BigQueryEmulator.open({ datasets: ['kit'] });
  return {
    options: optionsFor(emulator),
    notCovered: emulator.notCovered,
    run: async (...statements) => {
      for (const sql of statements) await emulator.run(sql, 'kit');
    },
    close: () => emulator.close(),
  };
};

/** How a user would point a warehouse at another endpoint. */
export const optionsFor = (emulator: BigQueryEmulator): BigQueryOptions => ({
  projectId: emulator.project,
  dataset: 'kit',
  apiEndpoint: emulator.url,
  credentials: JSON.stringify(emulator.credentials),
});

/** Statements of one script: a job takes a second or two, however little it does. */
const statementsOfAScript = 40;

const realProject = async (projectId: string, location: string): Promise<TestProject> => {
  const client = new BigQuery({ projectId, location });
  const [dataset] = await client.createDataset(`aegis_test_${randomUUID().replaceAll('-', '')}`, {
    location,
    defaultTableExpirationMs: '3600000',
  });
  const datasetId = String(dataset.id);
  return {
    options: { projectId, location, dataset: datasetId },
    notCovered: [],
    run: async (...statements) => {
      for (let start = 0; start < statements.length; start += statementsOfAScript) {
        const query = statements.slice(start, start + statementsOfAScript).join(';\n');
        await client.query({ query, defaultDataset: { datasetId, projectId } });
      }
    },
    close: async () => {
      await dataset.delete({ force: true });
    },
  };
};

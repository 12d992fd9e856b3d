import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '@aegis/spec';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { folderWith } from './project.js';
import { aegisReport, expectEnd, outcomesOf } from './reports.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** A copy of an example, so that runs leave nothing in the repository. */
const example = async (name: string): Promise<string> => {
  const cwd = await folderWith();
  for (const part of ['aegis.yaml', 'rules'])
    await cp(join(examples, name, part), join(cwd, part), { recursive: true });
  await symlink(join(examples, name, 'node_modules'), join(cwd, 'node_modules'));
  return cwd;
};

const data = (name: string): string =>
  join(examples, 'flights/node_modules/vega-datasets/data', name).replaceAll("'", "''");
const flights = `read_parquet('${data('flights-3m.parquet')}')`;
const airports = `read_csv('${data('airports.csv')}', sample_size = -1)`;
const movies = `read_json('${data('movies.json')}', sample_size = -1)`;

/** What plain SQL counts. */
const counted = async (questions: {
  readonly [ruleId: string]: string;
}): Promise<{ readonly [ruleId: string]: number }> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const counts: { [ruleId: string]: number } = {};
  try {
    for (const [ruleId, sql] of Object.entries(questions)) {
      const [row] = (await connection.runAndReadAll(sql)).getRows();
      counts[ruleId] = Number(row?.[0]);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return counts;
};

const failedRows = ({ results }: Report): { readonly [ruleId: string]: number | null } =>
  Object.fromEntries(results.map(({ rule_id, rows_failed }) => [rule_id, rows_failed]));

describe('the examples', () => {
  scenario(
    'example/flights',
    'find what is wrong with the flights and airports',
    async () => {
      const finished = await aegisReport(['run', 'rules', '--no-llm'], { cwd: await example('flights') });
      expectEnd(finished, { code: 1, stdout: /flights_recorded_once/ });
      const found = await counted({
        flights_within_first_half_of_2001: `SELECT count(*) FROM ${flights} WHERE CAST(date AS DATE) NOT BETWEEN DATE '2001-01-01' AND DATE '2001-06-30'`,
        flights_no_gap_in_days: `SELECT count(*) FROM (SELECT 1 FROM ${flights} GROUP BY CAST(date AS DATE) HAVING count(*) < 10000)`,
        flights_recorded_once: `SELECT (SELECT count(*) FROM ${flights}) - (SELECT count(*) FROM (SELECT DISTINCT date, delay, distance, origin, destination FROM ${flights}))`,
        flights_possible_delay: `SELECT count(*) FROM ${flights} WHERE delay NOT BETWEEN -120 AND 1440`,
        flights_delay_outliers: `SELECT count(*) FROM ${flights}, (SELECT avg(delay) AS mean, stddev_pop(delay) AS deviation FROM ${flights}) WHERE abs(delay - mean) / deviation > 40`,
        airports_in_the_united_states: `SELECT count(*) FROM ${airports} WHERE country <> 'USA'`,
        airports_city_and_state_known: `SELECT count(*) FROM ${airports} WHERE state IN ('NA', 'N/A', '', 'unknown')`,
        airports_pacific_east_of_date_line: `SELECT count(*) FROM ${airports} WHERE state IN ('GU', 'CQ') AND longitude < 0`,
      });
      expect(found).toMatchObject({
        flights_within_first_half_of_2001: 6,
        flights_recorded_once: 191,
        flights_possible_delay: 11,
        airports_in_the_united_states: 4,
        airports_pacific_east_of_date_line: 5,
      });
      expect(failedRows(finished.report)).toMatchObject(found);
      expect(Object.values(outcomesOf(finished.report))).not.toContain('error');
    },
    60_000,
  );

  scenario('example/movies', 'find what is wrong with the movies', async () => {
    const finished = await aegisReport(['run', 'rules', '--no-llm'], { cwd: await example('movies') });
    expectEnd(finished, { code: 1, stdout: /movies_titled/ });
    const found = await counted({
      movies_titled: `SELECT count(*) FROM ${movies} WHERE "Title" IS NULL`,
      movies_listed_once: `SELECT count(*) FROM (SELECT 1 FROM ${movies} WHERE "Title" IS NOT NULL GROUP BY "Title", "Release Date" HAVING count(*) > 1)`,
      movies_release_date_form: `SELECT count(*) FROM ${movies} WHERE NOT regexp_full_match("Release Date", '[A-Z][a-z]{2} [0-9]{2} [0-9]{4}')`,
      movies_released_before_the_list: `SELECT count(*) FROM ${movies} WHERE try_cast(right("Release Date", 4) AS INTEGER) > 2011`,
      movies_rating_known: `SELECT count(*) FROM ${movies} WHERE "MPAA Rating" NOT IN ('G', 'PG', 'PG-13', 'R', 'NC-17', 'Not Rated')`,
      movies_world_includes_us: `SELECT count(*) FROM ${movies} WHERE "Worldwide Gross" < "US Gross"`,
      movies_possible_budget: `SELECT count(*) FROM ${movies} WHERE "Production Budget" < 1000`,
    });
    expect(found).toMatchObject({ movies_titled: 1, movies_released_before_the_list: 22, movies_rating_known: 2 });
    expect(failedRows(finished.report)).toMatchObject(found);
    expect(Object.values(outcomesOf(finished.report))).not.toContain('error');
  });
});

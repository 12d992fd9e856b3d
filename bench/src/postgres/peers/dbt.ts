import { stringify } from 'yaml';
import { columns, newestAfter, shipDates } from './columns.js';
import type { Peer } from './peer.js';

/** Generic tests that dbt has not built in, as people write them. */
const macros = `
{% test between(model, column_name, low, high) %}
select * from {{ model }} where {{ column_name }} < {{ low }} or {{ column_name }} > {{ high }}
{% endtest %}
{% test matches(model, column_name, pattern) %}
select * from {{ model }} where {{ column_name }} !~ '{{ pattern }}'
{% endtest %}
{% test statistic(model, expression, low, high) %}
select value from (select {{ expression }} as value from {{ model }}) as s where value < {{ low }} or value > {{ high }}
{% endtest %}
`;

type Test = string | { readonly [name: string]: unknown };

const columnTests = (): readonly (readonly [string, Test])[] => [
  ...columns.not_null.map((column) => [column, 'not_null'] as const),
  ...columns.between.map(([column, low, high]) => [column, { between: args({ low, high }) }] as const),
  ['ship_date', { between: args({ low: `date '${shipDates[0]}'`, high: `date '${shipDates[1]}'` }) }],
  ...columns.accepted.map(([column, values]) => [column, { accepted_values: args({ values }) }] as const),
  ...columns.matches.map(([column, pattern]) => [column, { matches: args({ pattern }) }] as const),
  ['line_id', 'unique'],
  ['tracking_number', 'unique'],
  ['order_id', { relationships: args({ to: "source('shop', 'orders')", field: 'order_id' }) }],
  ['part_id', { relationships: args({ to: "source('shop', 'parts')", field: 'part_id' }) }],
];

const args = (values: { readonly [name: string]: unknown }) => ({ arguments: values });

const statistic = (name: string, expression: string, low: string | number, high: string | number): Test => ({
  statistic: { name, ...args({ expression, low, high }) },
});

const tableTests = (rows: number): readonly Test[] => [
  ...columns.mean.map(([column, low, high]) => statistic(`mean_${column}`, `avg(${column})`, low, high)),
  statistic('sum_unit_price', 'sum(unit_price)', 0, '1e30'),
  statistic('stddev_quantity', 'stddev(quantity)', 0, 20),
  statistic('row_count', 'count(*)', rows, rows),
  statistic('freshness', 'max(updated_at)', `timestamp '${newestAfter}'`, "timestamp '9999-01-01'"),
];

const sources = (rows: number) => {
  const tests = Map.groupBy(columnTests(), ([column]) => column);
  const lines = {
    name: 'lines',
    data_tests: tableTests(rows),
    columns: [...tests].map(([name, of]) => ({ name, data_tests: of.map(([, test]) => test) })),
  };
  return {
    version: 2,
    sources: [{ name: 'shop', schema: 'public', tables: [lines, { name: 'orders' }, { name: 'parts' }] }],
  };
};

export const dbt: Peer = {
  name: 'dbt',
  program: 'dbt',
  files: ({ dataSet, host, port, user, password, database }) => ({
    'dbt_project.yml': stringify({ name: 'bench', version: '1.0.0', profile: 'bench', 'config-version': 2 }),
    'profiles.yml': stringify({
      bench: {
        target: 'bench',
        outputs: {
          bench: {
            type: 'postgres',
            ...{ host, port: Number(port), user, password, dbname: database, schema: 'public', threads: 2 },
          },
        },
      },
    }),
    'macros/tests.sql': macros,
    'models/sources.yml': stringify(sources(dataSet.rows)),
  }),
  args: ['test', '--profiles-dir', '.', '--quiet'],
  judged: (_stdout, read) => {
    const { results } = JSON.parse(read('target/run_results.json')) as { results: readonly { status: string }[] };
    if (results.some(({ status }) => status === 'error')) throw new Error('dbt could not judge every test');
    return { rules: results.length, failed: results.filter(({ status }) => status === 'fail').length };
  },
};

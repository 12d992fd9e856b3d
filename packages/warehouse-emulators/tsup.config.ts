import { library } from '../../tsup.base.ts';

export default library({
  athena: 'src/athena/index.ts',
  bigquery: 'src/bigquery/index.ts',
  trino: 'src/trino/index.ts',
});

import { library } from '../../tsup.base.ts';

export default library({ bigquery: 'src/bigquery/index.ts' });

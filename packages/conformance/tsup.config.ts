import { library } from '../../tsup.base.ts';

export default library({ warehouse: 'src/warehouse/index.ts', model: 'src/model/index.ts' });

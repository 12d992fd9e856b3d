import { library } from '../../../tsup.base.ts';

export default library({ index: 'src/index.ts', 'engine-process': 'src/engine-process.ts' });

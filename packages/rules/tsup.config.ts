import { library } from '../../tsup.base.ts';

export default library({ index: 'src/index.ts', conversion: 'src/conversion/index.ts', node: 'src/node/index.ts' });

import { library } from '../../tsup.base.ts';

export default library({ index: 'src/index.ts', terminal: 'src/terminal/index.ts' });

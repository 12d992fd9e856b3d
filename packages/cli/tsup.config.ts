import { library } from '../../tsup.base.ts';

export default library({ bin: 'src/bin.ts' });

import { library } from '../../tsup.base.ts';

export default library({
  index: 'src/index.ts',
  redaction: 'src/redaction/index.ts',
  transport: 'src/transport/index.ts',
});

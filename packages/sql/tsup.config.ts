import { library } from '../../tsup.base.ts';

export default library({
  index: 'src/index.ts',
  parse: 'src/parse/index.ts',
  guard: 'src/guard/index.ts',
  transport: 'src/transport/index.ts',
});

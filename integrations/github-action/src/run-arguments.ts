import type { Inputs } from './inputs.ts';

/** What `aegis run` is called with. Values are joined to their flags, and rules follow `--`: none can become a flag. */
export const runArguments = (inputs: Inputs, report: string): readonly string[] => [
  'run',
  ...(inputs.llm === undefined ? ['--no-llm'] : [`--llm=${inputs.llm}`]),
  ...single('--llm-model', inputs.llmModel),
  ...single('--warehouse', inputs.warehouse),
  ...single('--db', inputs.db),
  ...inputs.connection.map((option) => `--connection=${option}`),
  ...inputs.select.map((words) => `--select=${words}`),
  ...single('--where', inputs.where),
  ...single('--fail-on', inputs.failOn === 'none' ? undefined : inputs.failOn),
  ...(inputs.includeDrafts ? ['--include-drafts'] : []),
  ...single('--samples', inputs.samples),
  ...single('--timeout', inputs.timeout),
  ...single('--max-bytes', inputs.maxBytes),
  ...single('--now', inputs.now),
  ...inputs.lineage.map((source) => `--lineage=${source}`),
  ...single('--history', inputs.history),
  ...inputs.arguments,
  `--output-json=${report}`,
  '--',
  ...inputs.rules,
];

const single = (flag: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${flag}=${value}`];

import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { wholeNumber } from '../../option-parsers.js';
import { forceOption, historyOption } from '../shared-options.js';

export const auditCommand = (context: CommandContext) =>
  new Command('audit')
    .description('the audit trail: what ran, and what came of it')
    .addCommand(listRunsCommand(context))
    .addCommand(showCommand(context))
    .addCommand(trajectoryCommand(context))
    .addCommand(searchCommand(context))
    .addCommand(exportDatasetCommand(context))
    .addCommand(verifyCommand(context))
    .addHelpText('after', examples('aegis audit list-runs', 'aegis audit trajectory', 'aegis audit verify'));

const listRunsCommand = ({ effects, finish }: CommandContext) =>
  new Command('list-runs')
    .description('list the latest runs')
    .option('--limit <n>', 'most runs to list', wholeNumber(1), 20)
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit list-runs --limit 5', 'aegis audit list-runs --json'))
    .action(async (options) => {
      const { runListRuns } = await import('./list-runs.js');
      finish(await runListRuns(options, effects));
    });

const showCommand = ({ effects, finish }: CommandContext) =>
  new Command('show')
    .description('show one run: its steps and its results')
    .argument('[run]', 'id of the run or its beginning (default: the latest run)')
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit show', 'aegis audit show 20260115-1200 --json'))
    .action(async (run, options) => {
      const { runShow } = await import('./show.js');
      finish(await runShow({ run, ...options }, effects));
    });

const trajectoryCommand = ({ effects, finish }: CommandContext) =>
  new Command('trajectory')
    .description('show one run as a tree: tables, steps and model calls, with times and costs')
    .argument('[run]', 'id of the run or its beginning (default: the latest run)')
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit trajectory', 'aegis audit trajectory 20260115-1200 --json'))
    .action(async (run, options) => {
      const { runTrajectory } = await import('./trajectory.js');
      finish(await runTrajectory({ run, ...options }, effects));
    });

const searchCommand = ({ effects, finish }: CommandContext) =>
  new Command('search')
    .description('find model calls by the words of their prompts and answers')
    .argument('<query...>', 'words that must all be there; punctuation joins words that follow each other')
    .option('--limit <n>', 'most calls to list', wholeNumber(1), 20)
    .option('--json', 'as JSON, texts whole')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit search null order_id', 'aegis audit search "late shipments" --json'))
    .action(async (query, options) => {
      const { runSearch } = await import('./search.js');
      finish(await runSearch({ query: query.join(' '), ...options }, effects));
    });

const exportDatasetCommand = ({ effects, finish }: CommandContext) =>
  new Command('export-dataset')
    .description('write model calls to a file as ShareGPT conversations, one line each')
    .argument('<output>', 'file to write, e.g. calls.jsonl')
    .option('--min-turns <n>', 'only conversations of at least so many turns, the system prompt aside', wholeNumber(1))
    .option('--run <run>', 'only calls of this run')
    .option('--node <name>', 'only calls of this step, e.g. diagnose_narrate')
    .option('--quality', 'only answers that were not blank, not repaired, and of runs that were completed')
    .addOption(forceOption())
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit export-dataset calls.jsonl --node diagnose_narrate --quality'))
    .action(async (output, options) => {
      const { runExportDataset } = await import('./export-dataset.js');
      finish(await runExportDataset({ output, ...options }, effects));
    });

const verifyCommand = ({ effects, finish }: CommandContext) =>
  new Command('verify')
    .description('recompute the hash chain: finds what was altered, removed or inserted')
    .option('--head <hash>', 'audit head that a run printed: finds also that the end was cut off')
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText(
      'after',
      `${examples('aegis audit verify', 'aegis audit verify --head "$(jq -r .audit_head report.json)"')}

Exit codes: 0 intact, 1 it is not, 2 usage or configuration, 3 it could not be read.`,
    )
    .action(async (options) => {
      const { runVerify } = await import('./verify.js');
      finish(await runVerify(options, effects));
    });

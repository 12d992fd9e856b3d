import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { present, repeated, wholeNumber } from '../../option-parsers.js';
import { dbOption, historyOption, warehouseOption } from '../shared-options.js';

export const mcpCommand = ({ effects, finish }: CommandContext) =>
  new Command('mcp')
    .description('serve rules, runs and reports to assistants over the Model Context Protocol')
    .addOption(
      new Option('--transport <name>', 'how clients connect')
        .choices(['stdio', 'http'] as const)
        .default('stdio' as const),
    )
    .option(
      '--root <folder>',
      'rules and data files may lie in it; may be repeated (default: the working directory)',
      repeated,
    )
    .addOption(
      new Option('--samples <policy>', 'rows in answers: none, or masked')
        .choices(['none', 'redacted'] as const)
        .default('none' as const),
    )
    .addOption(dbOption())
    .addOption(warehouseOption())
    .option('--lineage <file|url>', 'source of lineage; may be repeated', repeated)
    .addOption(historyOption())
    .option('--no-llm', 'use no language model, whatever is configured')
    .option('--host <address>', 'address of the HTTP server (default: 127.0.0.1)', present)
    .option('--port <n>', 'port of the HTTP server, 0 for a free one (default: 8808)', wholeNumber(0))
    .option('--token-file <path>', 'file with the token that HTTP clients send (default: AEGIS_MCP_TOKEN)', present)
    .option('--allow-host <name>', 'another name that HTTP clients reach the server by; may be repeated', repeated)
    .addHelpText(
      'after',
      `${examples('aegis mcp', 'aegis mcp --transport http --root /srv/quality')}\n\nExit codes: 0 the client left, 2 usage or configuration.`,
    )
    .action(async (options) => {
      const { runMcp } = await import('./mcp.js');
      finish(await runMcp(options, effects));
    });

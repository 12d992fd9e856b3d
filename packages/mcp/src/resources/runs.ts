import { listRuns, loadReport, renderAs, showRun } from '@aegis/project';
import type { Report } from '@aegis/spec';
import {
  isInputRequiredResult,
  type ReadResourceResult,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { scrubbed } from '../answers/scrubbed.js';
import { shortenWithin } from '../answers/shorten.js';
import type { ShownSamples } from '../server/server-options.js';
import { type Call, type Connection, openCall } from '../tools/call.js';
import { checkRun, historyOf } from '../tools/run-input.js';
import { telling, textResource } from './text-resource.js';

/** Recorded runs: what happened in one, and its report. */
export const registerRuns = (connection: Connection): void => {
  const { server } = connection;
  const aboutRun = { title: 'Run', description: 'A recorded run: when, where, its figures and steps.' };
  server.registerResource(
    'run',
    templateOf('runs', connection),
    { ...aboutRun, mimeType: 'application/json' },
    (uri, { run }, context) =>
      reading(connection, context, async (call) =>
        textResource(uri.href, await runText(checkRun(String(run)), call), 'application/json'),
      ),
  );
  const aboutReport = {
    title: 'Report',
    description: 'The report of a recorded run as Markdown; passed rules are counted.',
  };
  server.registerResource(
    'report',
    templateOf('report', connection),
    { ...aboutReport, mimeType: 'text/markdown' },
    (uri, { run }, context) =>
      reading(connection, context, async (call) =>
        textResource(uri.href, await reportText(checkRun(String(run)), call)),
      ),
  );
};

type Reading = (call: Call) => Promise<ReadResourceResult>;

const reading = (connection: Connection, context: ServerContext, read: Reading) =>
  telling(async () => {
    const call = await openCall(connection, context, false);
    return isInputRequiredResult(call) ? call : scrubbed(await read(call), connection.host.effects.secrets);
  }, connection.host);

const listed = 20;

const templateOf = (kind: 'runs' | 'report', connection: Connection): ResourceTemplate =>
  new ResourceTemplate(`aegis://${kind}/{run}`, {
    list: async (context) => ({
      resources: (await latestRuns(connection, context)).map(({ runId, startedAt, status }) => ({
        uri: `aegis://${kind}/${runId}`,
        name: `${kind} ${runId}`,
        description: `${startedAt}, ${status}`,
        mimeType: kind === 'runs' ? 'application/json' : 'text/markdown',
      })),
    }),
  });

const latestRuns = (connection: Connection, context: ServerContext) =>
  telling(async () => {
    const call = await openCall(connection, context, false);
    // Listing cannot ask; a client that has not told its folders yet is shown no runs.
    return isInputRequiredResult(call) ? [] : listRuns({ limit: listed, ...historyOf(call) }, call.effects);
  }, connection.host);

const runText = async (run: string, call: Call): Promise<string> => {
  const { run: found, steps } = await showRun({ run, ...historyOf(call) }, call.effects);
  const { report: _report, ...facts } = found;
  return JSON.stringify(
    shortenWithin({ ...facts, steps: steps.slice(0, 200), report: `aegis://report/${found.runId}` }, 500, 200),
  );
};

const reportText = async (run: string, call: Call): Promise<string> => {
  const report = await loadReport({ run, ...historyOf(call) }, call.effects);
  return renderAs('markdown', withoutPassed(withSamples(report, call.options.samples)));
};

const withSamples = (report: Report, samples: ShownSamples | undefined): Report =>
  samples === 'redacted' ? report : { ...report, results: report.results.map((result) => ({ ...result, sample: [] })) };

/** Passed rules are counted in the summary. */
const withoutPassed = (report: Report): Report => ({
  ...report,
  results: report.results.filter(({ outcome }) => outcome !== 'pass'),
});

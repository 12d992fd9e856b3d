import { type VerifyHistoryOptions, verifyHistory } from '@aegis/project';
import { visible } from '@aegis/report/terminal';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { count } from '../../render/amounts.js';

export interface VerifyCommandOptions extends VerifyHistoryOptions {
  readonly json?: boolean | undefined;
}

export const runVerify: RunCommand<VerifyCommandOptions> = async ({ json, ...options }, effects) => {
  const verification = await verifyHistory(options, effects);
  effects.stdout.write(json ? `${JSON.stringify(verification, null, 2)}\n` : verdict(verification));
  return verification.ok ? exitCodes.passed : exitCodes.failed;
};

type Verification = Awaited<ReturnType<typeof verifyHistory>>;

const mostShown = 50;

const verdict = ({ ok, events, head, problems }: Verification): string =>
  [
    ...problems.slice(0, mostShown).map(({ kind, message }) => `${kind}: ${visible(message)}`),
    ...(problems.length > mostShown ? [`… and ${problems.length - mostShown} more, all of them with --json`] : []),
    `${count(events, 'event')}, ${ok ? 'intact' : count(problems.length, 'problem')}`,
    `audit head ${head.hash}`,
    '',
  ].join('\n');

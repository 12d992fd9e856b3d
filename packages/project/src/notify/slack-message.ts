import type { JsonObject } from '@aegis/spec';
import type { Notification, NotifiedResult } from './notification.js';

/** Slack takes 50 blocks; a header, a summary and a footer are ours. */
const mostResults = 20;
/** Slack takes 3,000 characters in a section. */
const longestText = 2_900;

/** @see https://api.slack.com/reference/block-kit/blocks */
export const slackMessage = (notification: Notification): JsonObject => {
  const { results, run_id: runId, project } = notification;
  const shown = results.slice(0, mostResults);
  const rest = results.length - shown.length;
  const title = titleOf(notification);
  return {
    text: title,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shortened(title, 150), emoji: false } },
      section(countsOf(notification)),
      ...(shown.length > 0 ? [{ type: 'divider' }] : []),
      ...shown.map((result) => section(resultText(result))),
      ...(rest > 0 ? [section(`and ${rest} more`)] : []),
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: `${escaped(project)} · run \`${escaped(runId)}\` · \`aegis report ${escaped(runId)}\``,
          },
        ],
      },
    ],
  };
};

const titleOf = ({ project, status, summary }: Notification): string => {
  const { failed, errored, total_rules: total } = summary;
  const parts = [
    ...(failed > 0 ? [`${failed} of ${total} ${total === 1 ? 'rule' : 'rules'} failed`] : []),
    ...(errored > 0 ? [`${errored} could not be judged`] : []),
  ];
  const said = parts.length > 0 ? parts.join(', ') : total === 1 ? 'the one rule holds' : `all ${total} rules hold`;
  return `${project}: ${said}${status === 'completed' ? '' : ` (run ${status})`}`;
};

const countsOf = ({ summary }: Notification): string => {
  const { passed, warned, failed, errored, not_applicable: none } = summary;
  const counts = Object.entries({ passed, warned, failed, errored, 'not applicable': none });
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(' · ');
};

const resultText = (result: NotifiedResult): string => {
  const { rule_id: id, severity, outcome, table, summary, owner, root_cause: cause } = result;
  const where =
    cause &&
    `enters at ${[cause.dataset, cause.column].filter(Boolean).join('.')} (${cause.kind.replaceAll('_', ' ')})`;
  const lines = [
    `*${escaped(id)}* (${severity}${outcome === 'fail' ? '' : `, ${outcome}`}) on \`${escaped(table)}\``,
    escaped(summary),
    ...(where ? [escaped(where)] : []),
    ...(owner ? [`owner: ${escaped(owner)}`] : []),
  ];
  return lines.join('\n');
};

const section = (text: string): JsonObject => ({
  type: 'section',
  text: { type: 'mrkdwn', text: shortened(text, longestText) },
});

/** @see https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', "'");

const shortened = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
};

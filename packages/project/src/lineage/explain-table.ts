import type { Effects } from '../effects.js';
import type { ExplainedTable, ExplainTableOptions } from './ask-options.js';
import { openInquiry, recordedInquiry } from './inquiry.js';

/**
 * How a table is made, in a model's words, from the lineage graph of the flags or of aegis.yaml. No value is sent.
 * @throws ConfigError `missing-adapter` with the install command, `usage` where no source of lineage is named; LineageError for
 * the table; LanguageModelError
 */
export const explainTable = async (options: ExplainTableOptions, effects: Effects): Promise<ExplainedTable> => {
  const inquiry = await openInquiry('explain', options, effects);
  const { explain } = await import('@aegis/core');
  return recordedInquiry(
    inquiry,
    (parts) => explain(inquiry.table, options.question, parts),
    ({ answer, cost, isComplete, leftOut }) => ({
      ...{ answer, cost, isComplete },
      notes: leftOut.length === 0 ? [] : [`No room for: ${leftOut.join(', ')}`],
    }),
  );
};

import { GuardError } from '@aegis/spec';
import type { SqlNode } from '../../parse/index.js';
import { quoted } from '../text/refusal.js';
import { offsetOfSpan, type Reading } from './reading.js';

/**
 * The tree of the one statement that the skeleton is, or that `text` is, inside its frame.
 * @throws GuardError `syntax`, with the place in the user's text, and `forbidden` for more than one statement
 */
export const parseFramed = (reading: Reading, text: string = reading.skeleton.text): SqlNode => {
  const { frame, parser, parserName, refuse } = reading;
  const trees = attempt(() => parser.parse(`${frame.before}${text}${frame.after}`, parserName), reading);
  const [tree] = trees;
  if (!tree || trees.length > 1) throw refuse('forbidden', 'A rule holds one statement only.', 'Write one SELECT.');
  return tree;
};

const attempt = <Result>(parse: () => Result, reading: Reading): Result => {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GuardError) || error.reason !== 'syntax') throw error;
    throw inUsersTerms(error, reading);
  }
};

const inUsersTerms = (error: GuardError, reading: Reading): GuardError => {
  if (/E_GUARD/.test(error.message)) {
    return reading.refuse('forbidden', 'The SQL is nested too deeply.', 'Split it, or use fewer brackets.');
  }
  const offset = error.at && offsetOfSpan(error.at.column - 1, reading);
  const found = reading.skeleton.pieces.find(({ start }) => start === offset);
  return found
    ? reading.refuse(
        'syntax',
        `${quoted(found.written)} was not expected here.`,
        'Check the SQL up to this point.',
        offset,
      )
    : reading.refuse(
        'syntax',
        'The SQL ends too early, or something in it is misplaced.',
        'Check brackets, commas and keywords.',
      );
};

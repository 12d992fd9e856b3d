import type { AiProvider } from '@aegis/lineage-ai';
import type { Question } from '../question.js';
import { type Seen, scriptedProvider, told } from './scripted-provider.js';

type Fool = (question: Question) => AiProvider;

const lists = { calls: [{ name: 'list_graph_nodes', arguments: {} }] };

/** Names of tables in what it was sent. */
const tablesIn = ({ text }: Seen): string =>
  [...new Set([...text.matchAll(/^(?:\d+: )?([a-z_.]+)(?:: | \()/gm)].map(([, name]) => name))].join(', ');

/** Says nothing. */
export const silent: Fool = () => scriptedProvider('silent', () => ({ says: '' }));

/** Looks at the list of tables, and names them all. */
export const namesEverything: Fool = ({ ask }) =>
  scriptedProvider('names-everything', (seen) => {
    if (ask === 'explain')
      return { says: `It has to do with ${tablesIn(seen)}, by joins, filters, sums, NULLs and twice.` };
    if (seen.turns === 0) return lists;
    const answer = `One of ${tablesIn(seen)} is wrong: a join, a filter, NULL, 100, hours, twice, rate, code.`;
    return { says: told('explained', answer, [{ text: 'These are the tables', cites: ['r1'] }]) };
  });

/** Knows the answer and makes up what it rests on. */
export const invents: Fool = ({ ask, truth, script }) =>
  scriptedProvider('invents', () => ({
    says:
      ask === 'explain'
        ? 'It is made with great care.'
        : told(truth.verdict ?? 'explained', script.answer, [{ text: 'I saw it', cites: ['r7'] }]),
  }));

/** Never looks, and never knows. */
export const neverKnows: Fool = () =>
  scriptedProvider('never-knows', () => ({ says: told('insufficient_evidence', 'It cannot be told.', []) }));

/** Looks once, and never knows. */
export const looksAndNeverKnows: Fool = () =>
  scriptedProvider('looks-and-never-knows', ({ turns }) =>
    turns === 0 ? lists : { says: told('insufficient_evidence', 'It cannot be told from what I see.', []) },
  );

/** Blames the first table upstream of the target. */
export const blamesFirst: Fool = ({ target, ask }) =>
  scriptedProvider('blames-first', (seen) => {
    if (ask === 'explain') return { says: `${target} is made from one table.` };
    if (seen.turns === 0) return { calls: [{ name: 'trace_upstream', arguments: { table: target } }] };
    const [, first = target] = /^1: ([a-z_.]+)/m.exec(seen.text) ?? [];
    return { says: told('explained', `${first} is wrong.`, [{ text: `${target} reads ${first}`, cites: ['r1'] }]) };
  });

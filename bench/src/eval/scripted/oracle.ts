import type { AiProvider } from '@aegis/lineage-ai';
import type { Question } from '../question.js';
import { scriptedProvider, told } from './scripted-provider.js';

/** Knows every answer, and finds it with the tools that anybody has. */
export const oracle = ({ ask, truth, script }: Question): AiProvider =>
  scriptedProvider('oracle', ({ turns }) => {
    const { calls = [], answer, claims = [] } = script;
    if (ask === 'explain') return { says: answer };
    if (turns === 0 && calls.length > 0)
      return { calls: calls.map(({ tool, arguments: given }) => ({ name: tool, arguments: given })) };
    const cited = claims.map(([text, call]) => ({ text, cites: [`r${call}`] }));
    return { says: told(truth.verdict ?? 'explained', answer, cited) };
  });

import { runStep, type StepContext } from '../run-step.ts';
import { outputOf } from '../steps.ts';

const meanings: { readonly [outcome: string]: string } = {
  passed: 'Every rule passed, warned, was below fail-on, or had nothing to judge.',
  failed: 'Rules failed.',
  invalid: 'Nothing ran: the usage or the configuration is wrong.',
  incomplete: 'Not every rule could be judged.',
};

const verdict = async ({ env, inputs, write }: StepContext): Promise<number> => {
  const code = Number(outputOf(env, 'run', 'exit-code') || 3);
  const outcome = outputOf(env, 'run', 'outcome');
  const isForgiven = code === 1 && inputs.failOn === 'none';
  write(`${meanings[outcome] ?? 'Aegis did not end.'}${isForgiven ? ' fail-on is none, so the job goes on.' : ''}\n`);
  return isForgiven ? 0 : code;
};

await runStep(verdict);

import { ActionError } from './action-error.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { workflowCommand } from './workflow-commands.ts';

export interface StepContext {
  readonly env: NodeJS.ProcessEnv;
  readonly inputs: Inputs;
  /** Prints a line or a command of the runner. */
  readonly write: (text: string) => void;
}

/** Runs one step of the action to its exit code. Mistakes are told as an annotation, and bugs with where they are. */
export const runStep = async (step: (context: StepContext) => Promise<number>): Promise<void> => {
  const write = (text: string): void => void process.stdout.write(text);
  try {
    process.exitCode = await step({ env: process.env, inputs: readInputs(process.env), write });
  } catch (error) {
    write(workflowCommand('error', reason(error), { title: 'Aegis' }));
    process.exitCode = error instanceof ActionError ? 2 : 3;
  }
};

const reason = (error: unknown): string => {
  if (error instanceof ActionError) return error.message;
  return `This is a bug in the action: ${error instanceof Error ? error.message : String(error)}`;
};

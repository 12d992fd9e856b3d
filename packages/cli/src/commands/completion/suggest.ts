import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

export interface Suggestion {
  readonly value: string;
  readonly description: string;
}

/** Values that only running can tell, by what an argument or flag calls them, e.g. `run`. */
export type ValuesOf = (name: string) => Promise<readonly Suggestion[]>;

/** What the last word may become. Nothing means that it is a file, or free text. */
export const suggest = async (
  words: readonly string[],
  program: CommandUnknownOpts,
  valuesOf: ValuesOf,
): Promise<readonly Suggestion[]> => {
  const current = words.at(-1) ?? '';
  const { command, operands, open } = walk(words.slice(0, -1), program);
  const candidates = open ? await optionValues(open, valuesOf) : await next(command, operands, current, valuesOf);
  return candidates.filter(({ value }) => value.startsWith(current));
};

interface Position {
  readonly command: CommandUnknownOpts;
  /** How many operands stand before the word. */
  readonly operands: number;
  /** The flag that the word is the value of. */
  readonly open: Option | undefined;
}

const walk = (words: readonly string[], program: CommandUnknownOpts): Position => {
  let position: Position = { command: program, operands: 0, open: undefined };
  for (const word of words) position = step(position, word);
  return position;
};

const step = ({ command, operands, open }: Position, word: string): Position => {
  if (open) return { command, operands, open: undefined };
  if (word.startsWith('-')) return { command, operands, open: valueOption(command, word) };
  const child = operands === 0 ? command.commands.find((candidate) => candidate.name() === word) : undefined;
  return child ? { command: child, operands: 0, open } : { command, operands: operands + 1, open };
};

const valueOption = (command: CommandUnknownOpts, flag: string): Option | undefined =>
  command.options.find((option) => (option.long === flag || option.short === flag) && option.required);

const optionValues = async (option: Option, valuesOf: ValuesOf): Promise<readonly Suggestion[]> =>
  option.argChoices ? plain(option.argChoices) : valuesOf(option.name());

const next = async (
  command: CommandUnknownOpts,
  operands: number,
  current: string,
  valuesOf: ValuesOf,
): Promise<readonly Suggestion[]> => {
  const help = command.createHelp();
  if (current.startsWith('-')) {
    return help
      .visibleOptions(command)
      .map((option) => ({ value: option.long ?? option.flags, description: option.description }));
  }
  const children =
    operands === 0
      ? help.visibleCommands(command).map((child) => ({ value: child.name(), description: child.description() }))
      : [];
  return [...children, ...(await argumentValues(command, operands, valuesOf))];
};

const argumentValues = async (
  command: CommandUnknownOpts,
  operands: number,
  valuesOf: ValuesOf,
): Promise<readonly Suggestion[]> => {
  const { registeredArguments } = command;
  const argument = registeredArguments[operands] ?? registeredArguments.find(({ variadic }) => variadic);
  if (!argument) return [];
  return argument.argChoices ? plain(argument.argChoices) : valuesOf(argument.name());
};

const plain = (values: readonly string[]): readonly Suggestion[] => values.map((value) => ({ value, description: '' }));

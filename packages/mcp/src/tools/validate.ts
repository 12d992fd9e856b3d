import { type Validation, validateRules } from '@aegis/project';
import { formatProblem, type Problem } from '@aegis/rules';
import { z } from 'zod';
import { pageInput, pageOf } from '../answers/page.js';
import { shorten } from '../answers/shorten.js';
import { defineTool, readOnly } from './define-tool.js';
import { rulesInput, targetInput, targetOf } from './rules-input.js';

const input = z.strictObject({
  ...rulesInput,
  ...targetInput,
  check_sql: z.boolean().optional().meta({ description: 'Also has the engine prepare every statement; runs none.' }),
  ...pageInput,
});

const problem = z.object({
  kind: z.enum(['error', 'warning']),
  code: z.string(),
  rule: z.string().nullable(),
  message: z.string().meta({ description: 'With the place in the file, and what to do.' }),
});

const output = z.object({
  valid: z.boolean(),
  depth: z.enum(['offline', 'columns', 'statements']).meta({
    description: 'How far the check went: the files alone, tables and columns too, or every statement.',
  }),
  files: z.number(),
  valid_rules: z.number(),
  errors: z.number(),
  warnings: z.number(),
  problems: z.array(problem),
  next_cursor: z.string().nullable(),
});

export const validateTool = defineTool({
  name: 'aegis_validate',
  title: 'Check rules files',
  description:
    'Checks rules files without running them; with db or warehouse, also that their tables and columns exist. Call it after writing or changing rules. The resource aegis://rules lists the rule types.',
  input,
  output,
  annotations: { ...readOnly, openWorldHint: true },
  readsFiles: true,
  answer: async (args, call) => {
    const validation = await validateRules({ ...(await targetOf(args, call)), checkSql: args.check_sql }, call.effects);
    const list = { of: ['validate', args.rules, args.db, args.warehouse, args.check_sql], keyOf };
    const { items, next_cursor } = pageOf(problemsOf(validation), args, list);
    return { ...figuresOf(validation), problems: [...items], next_cursor };
  },
  text: ({ valid, valid_rules, files, errors, warnings, problems }) =>
    [
      `${valid ? 'Valid' : 'Not valid'}: ${valid_rules} valid rules in ${files} files, ${errors} errors, ${warnings} warnings.`,
      ...problems.map(({ kind, message }) => `- ${kind}: ${message}`),
    ].join('\n'),
});

const keyOf = (_problem: unknown, index: number): string => String(index);

const figuresOf = ({ problems, warnings, rules, files, depth }: Validation) => ({
  valid: problems.length === 0,
  depth,
  files: files.length,
  valid_rules: rules.length,
  errors: problems.length,
  warnings: warnings.length,
});

const problemsOf = ({ problems, warnings }: Validation): readonly z.infer<typeof problem>[] => [
  ...problems.map((each) => told(each, 'error')),
  ...warnings.map((each) => told(each, 'warning')),
];

const told = (found: Problem, kind: 'error' | 'warning'): z.infer<typeof problem> => ({
  kind,
  code: found.code,
  rule: found.rule ?? null,
  message: shorten(formatProblem(found), 1000),
});

import type { OperationChange, Warehouse } from '@aegis/spec';
import { loadParser, type SqlNode, walk } from '@aegis/sql/parse';
import { aggregateFunctions, rowMakers } from '../sql/expression-kinds.js';

/**
 * Whether a statement reads and nothing else. Where the engine does not refuse writes, one that calls functions of its
 * own, such as `SELECT refresh_totals()`, is not certain to.
 */
export const isCertainlyQuery = async (
  sql: string,
  changes: readonly OperationChange[],
  { dialect, capabilities }: Warehouse,
): Promise<boolean> => {
  if (changes.length === 0 || changes.some(({ kind, output }) => kind !== 'select' || output !== null)) return false;
  if (capabilities.readOnly.support === 'full') return true;
  const parser = await loadParser();
  return parser.parse(sql, dialect.parserName).every((tree) => !callsUnknown(tree));
};

/** Functions that compute, as far as the parser does not know them by kind. */
const harmless =
  /^(now|today|version|current_\w+|date\w*|time\w*|year\w*|month\w*|day\w*|week\w*|hour|minute|second|age|epoch\w*|to_\w+|from_\w+|make_\w+|try_\w+|parse_\w+|safe_\w+|is\w+|range|generate_\w+|list_\w+|array\w*|struct\w*|row|map\w*|json\w*|regexp_\w+|string\w*|str\w*|split\w*|concat\w*|format\w*|printf|lpad|rpad|left|right|length|char\w*|abs|round|floor|ceil\w*|mod|power|sqrt|exp|ln|log\w*|sign|trunc\w*|trim|ltrim|rtrim|upper|lower|initcap|substr\w*|replace|translate|position|instr|pi|rand\w*|hash|md5|sha\w*|uuid|gen_random_uuid|typeof|read_\w+|coalesce|ifnull|nullif|nvl\w*|iff?|decode|least|greatest|grouping\w*|rollup|cube|columns|table|flatten|width_bucket|bar|bit_\w+|add_months|last_day|next_day|datediff)$/;

const isHarmless = (name: string): boolean =>
  harmless.test(name) || aggregateFunctions.has(name) || rowMakers.has(name);

const callsUnknown = (tree: SqlNode): boolean => {
  let isFound = false;
  walk(tree, ({ kind, fields }) => {
    isFound ||= kind === 'function' && !isHarmless(String(fields.name).toLowerCase());
    return undefined;
  });
  return isFound;
};

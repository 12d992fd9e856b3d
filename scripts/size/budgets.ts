/** Largest size of each entry in bytes, by its name. */
export type Budgets = { readonly [entry: string]: number };

/** What is wrong with the sizes: entries above their budget or without one, and budgets without an entry. */
export const overBudget = (sizes: Budgets, budgets: Budgets): readonly string[] => [
  ...Object.entries(sizes).flatMap(([name, bytes]) => {
    const budget = budgets[name];
    if (budget === undefined) return [`${name} has no budget`];
    return bytes > budget ? [`${name} has ${bytes} bytes, ${bytes - budget} more than its budget`] : [];
  }),
  ...Object.keys(budgets)
    .filter((name) => !(name in sizes))
    .map((name) => `${name} has a budget and does not exist`),
];

const headroom = 1.1;
const step = 512;

/** New budgets: kept where they hold, otherwise a tenth above the size. Entries that are gone lose theirs. */
export const renewed = (sizes: Budgets, budgets: Budgets): Budgets =>
  Object.fromEntries(
    Object.entries(sizes).map(([name, bytes]) => {
      const budget = budgets[name];
      return [name, budget !== undefined && bytes <= budget ? budget : Math.ceil((bytes * headroom) / step) * step];
    }),
  );

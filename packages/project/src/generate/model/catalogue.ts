import { builtinTypes, type CatalogEntry, catalog } from '@aegis/rules';

/** Types whose rules need nothing but the table and perhaps one that it refers to. */
const offered = catalog(builtinTypes.types.filter(({ category }) => category !== 'reconciliation'));

/** The rule types in as few words as a model needs: one line each. */
export const catalogueText = (): string => offered.map(entryLine).join('\n');

const entryLine = ({ name, summary, params, thresholds }: CatalogEntry): string => {
  const more = thresholds.length === 0 ? '' : ' Takes fail_if and warn_if.';
  return `- ${name} { ${params.map(paramText).join(', ')} }: ${summary}${more}`;
};

const paramText = ({ name, type, required }: CatalogEntry['params'][number]): string =>
  `${name}${required ? '' : '?'}: ${type}`;

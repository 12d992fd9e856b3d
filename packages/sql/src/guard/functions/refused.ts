import { words } from '../text/words.js';

const unrepeatable = words(`
  random rand randn randstr uniform uuid uuidv4 uuidv7 gen_random_uuid generate_uuid newid shuffle setseed clock_timestamp
  timeofday monotonically_increasing_id spark_partition_id reservoir_quantile sysdate
`);

/** Why a function that no list allows is refused, and what to do. */
export const whyRefused = (name: string): { readonly says: string; readonly hint: string } =>
  unrepeatable.has(name)
    ? { says: `calls ${name}, which answers differently each time`, hint: 'A rule has to be repeatable: leave it out.' }
    : {
        says: `calls ${name}, which is not among the functions that rules may call`,
        hint: 'Use built-in functions that compute from their arguments; files, network, settings and catalogues are out of reach.',
      };

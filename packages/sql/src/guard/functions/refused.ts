import { words } from '../words.js';

const unrepeatable = words(`
  random rand randn randstr uniform uuid uuidv4 uuidv7 gen_random_uuid generate_uuid newid shuffle setseed clock_timestamp
  timeofday monotonically_increasing_id spark_partition_id reservoir_quantile sysdate
`);

/** Why a function that no list allows is refused, and what to do. */
export const whyRefused = (name: string): { readonly why: string; readonly hint: string } =>
  unrepeatable.has(name)
    ? { why: 'answers differently each time, so a rule that calls it cannot be repeated', hint: 'Leave it out.' }
    : {
        why: 'is not among the functions that rules may call',
        hint: 'Use a built-in function that computes from its arguments; files, network, settings and catalogues are out of reach.',
      };

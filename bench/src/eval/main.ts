import { usage } from './options.js';
import { runEval } from './run-eval.js';

const argv = process.argv.slice(2);
if (argv.includes('--help')) console.log(usage);
else
  try {
    await runEval(argv, { env: process.env, print: (line) => console.log(line) });
  } catch (error) {
    const { message, hint } = error as Error & { readonly hint?: string };
    console.error([message, hint, '', usage].filter((line) => line !== undefined).join('\n'));
    process.exitCode = 2;
  }

#!/usr/bin/env node
import { nodeProblem } from './node-version.js';

/** An older Node could not even link what follows, and would show a stack trace instead of a reason. */
const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  const { start } = await import('./start.js');
  await start();
} else {
  process.stderr.write(`error: ${problem}\n`);
  process.exitCode = 2;
}

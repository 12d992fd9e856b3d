#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

/** What is imported from here on is compiled once per version and machine; without a folder for it, nothing changes. */
enableCompileCache();
const [{ main }, { processEffects }] = await Promise.all([import('./main.js'), import('./process-effects.js')]);
process.exitCode = await main(process.argv.slice(2), processEffects());

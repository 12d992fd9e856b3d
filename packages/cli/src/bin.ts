#!/usr/bin/env node
import { main } from './main.js';
import { processEffects } from './process-effects.js';

process.exitCode = await main(process.argv.slice(2), processEffects());

import { parseArgs } from 'node:util';
import { checkArrows } from './architecture/check-arrows.js';
import { checkFiles } from './architecture/check-files.js';
import { checkManifests } from './architecture/check-manifest.js';
import { checkReach, type ReachedEntry } from './architecture/check-reach.js';
import type { Finding } from './architecture/finding.js';
import { readWorkspace } from './architecture/workspace.js';
import { root } from './root.js';

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } });

const describeEntry = ({ specifier, isBrowserSafe, reach }: ReachedEntry) => {
  const reached = [...reach.modules.keys()].sort().join(', ') || 'nothing else';
  return `${specifier}${isBrowserSafe ? ' (browser)' : ''}: ${(reach.bytes / 1024).toFixed(1)} kB, reaches ${reached}`;
};

const print = (findings: readonly Finding[], level: Finding['level']) => {
  const chosen = findings.filter((finding) => finding.level === level);
  for (const { place, message } of chosen) console.log(`${level}: ${place}: ${message}`);
  return chosen.length;
};

const workspace = readWorkspace(root);
const { entries, findings: outOfReach } = await checkReach(workspace);
const findings = [...checkArrows(workspace), ...checkManifests(workspace), ...checkFiles(workspace), ...outOfReach];
if (values.list) for (const entry of entries) console.log(describeEntry(entry));
const warnings = print(findings, 'warning');
const errors = print(findings, 'error');
console.log(
  `${workspace.packages.length} packages, ${entries.length} root entries: ${errors} errors, ${warnings} warnings`,
);
process.exitCode = errors > 0 ? 1 : 0;

// Older versions of Node cannot read the steps, so this file is plain JavaScript and says so.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import(`./steps/${process.argv[2]}.ts`);
} else {
  const wanted = 'This action needs Node 22.18 or later';
  console.log(`::error title=Aegis::${wanted}, and ${process.version} is on the PATH. Leave node-version at 24.`);
  process.exitCode = 2;
}

/** The page's only style sheet. Its digest stands in the page's content security policy, see {@link styleDigest}. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f7f9; --line: #d5d9e0; --ink: #1b1f24; --quiet: #566070;
  --pass: #1a7f37; --warn: #8a6100; --fail: #c62828; --error: #8e24aa; --none: #59636e; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --raised: #1d2127; --line: #363d47; --ink: #e7eaee;
  --quiet: #a3adba; --pass: #57c26f; --warn: #e0b341; --fail: #ff7b72; --error: #d899f0; --none: #a3adba; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); }
p { margin: .5rem 0; }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.bar { display: block; width: 100%; height: .75rem; margin: 1rem 0; border-radius: .375rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; }
.tiles strong { display: block; font-size: 1.4rem; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 5rem; }
th { color: var(--quiet); font-weight: 600; }
.results { min-width: 44rem; } .results th { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
article { background: var(--raised); border: 1px solid var(--line); border-left-width: .3rem; border-radius: .5rem; padding: 1rem; margin: 0 0 1rem; }
.outcome { font-weight: 700; white-space: nowrap; }
.pass { color: var(--pass); } .warn { color: var(--warn); } .fail { color: var(--fail); } .error { color: var(--error); } .not_applicable { color: var(--none); }
article.warn, article.fail, article.error { color: inherit; }
article.warn { border-left-color: var(--warn); } article.fail { border-left-color: var(--fail); } article.error { border-left-color: var(--error); }
rect.pass { fill: var(--pass); } rect.warn { fill: var(--warn); } rect.fail { fill: var(--fail); } rect.error { fill: var(--error); } rect.not_applicable { fill: var(--line); }
dl { display: grid; grid-template-columns: minmax(7rem, 10rem) 1fr; gap: .35rem 1rem; margin: .75rem 0 0; }
dt { color: var(--quiet); font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
pre { margin: 0; padding: .6rem; background: var(--ground); border: 1px solid var(--line); border-radius: .375rem; overflow-x: auto; }
code, pre, .mono { font-family: ui-monospace, monospace; font-size: .9em; }
.null { color: var(--quiet); font-style: italic; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { :root { color-scheme: light; } main { max-width: none; padding: 0; } article, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } pre { white-space: pre-wrap; } }
`;

/** SHA-256 of {@link style}, base64. Digests cannot be computed synchronously in a browser; a test keeps it true. */
export const styleDigest = 't7419K+ot2rfeBBjPyraniI4+CDVppXIhbrNpApw5kg=';

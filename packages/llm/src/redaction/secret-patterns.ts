import type { ValuePattern } from './value-pattern.js';

const token = (pattern: RegExp): ValuePattern => ({ category: 'token', pattern });

/** Names that come before `=` in connection strings, query strings and settings. */
const assigned = 'password|passwd|pwd|secret|api_?key|access_?key|secret_?key|account_?key|(?:access_|auth_)?token|sig';

const notValues: ReadonlySet<string> = new Set(['null', 'none', 'true', 'false', 'undefined']);

/** Keys, tokens and passwords, told by what their issuers put in front of them. */
export const secretPatterns: readonly ValuePattern[] = [
  {
    category: 'key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  // JSON web tokens
  token(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g),
  // OpenAI, Anthropic, OpenRouter; Stripe and others
  token(/\bsk-(?=[\w-]*\d)[\w-]{20,}/g),
  token(/\b(?:sk|pk|rk|whsec)[-_](?:[a-z]+[-_])*[A-Za-z0-9]{16,}\b/g),
  // GitHub, GitLab, npm, PyPI, Hugging Face, Databricks
  token(/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{20,})/g),
  token(/\b(?:pypi-[\w-]{20,}|hf_[A-Za-z0-9]{20,}|dapi[0-9a-f]{32}(?:-\d)?)/g),
  // Slack, SendGrid
  token(/\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/g),
  token(/(?<=hooks\.slack\.com\/services\/)[\w/]{20,}/g),
  token(/\bSG\.[\w-]{16,}\.[\w-]{16,}/g),
  // AWS, Google
  token(/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}/g),
  token(/(?<=\b(?:Bearer|Basic)\s{1,4})[\w.~+/-]{16,}=*/gi),
  { category: 'password', pattern: /(?<=[a-z][a-z0-9+.-]*:\/\/[^/?#:@\s]*:)[^/?#@\s"'\\]+(?=@)/gi },
  {
    category: 'secret',
    pattern: new RegExp(`(?<=(?:^|[^\\p{L}\\p{N}<])(?:\\w{0,40}_)?(?:${assigned})=)[^\\s;&'"\\\\,)<>]{3,}`, 'giu'),
    accepts: (found) => !notValues.has(found.toLowerCase()),
  },
];

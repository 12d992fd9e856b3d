import type { Inputs } from './inputs.ts';

/** Shorter values are none, and masking them would make the log unreadable. */
const shortestSecret = 4;

const secretKey = /pass|pwd|secret|token|key|credential|auth|dsn|url/i;

/** Values that must not show up anywhere: the token, and options of the warehouse that are named like secrets. */
export const secretsOf = ({ token, connection }: Inputs): readonly string[] => [
  ...(token === undefined ? [] : [token]),
  ...connection.flatMap((line) => {
    const at = line.indexOf('=');
    const value = line.slice(at + 1);
    return secretKey.test(line.slice(0, at)) && value.length >= shortestSecret ? [value] : [];
  }),
];

/** What leaves the job on other ways than its log, which the runner masks. */
export const withoutSecrets = (text: string, inputs: Inputs): string =>
  secretsOf(inputs).reduce((masked, secret) => masked.replaceAll(secret, '***'), text);

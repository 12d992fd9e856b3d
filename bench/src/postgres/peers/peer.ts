import type { DataSet } from '../../generate.js';

/** Where the rules are asked: a server on this machine. */
export interface PeerTarget {
  readonly dataSet: DataSet;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Another tool with the thirty rules in its own words, as its documentation writes them. */
export interface Peer {
  readonly name: string;
  /** What must be in the `bin` folder of a virtual environment. */
  readonly program: string;
  /** Files of its project, by path. */
  files(target: PeerTarget): { readonly [path: string]: string };
  /** Arguments of the program, run in that folder. */
  readonly args: readonly string[];
  /** How many rules it judged and how many it found broken, from what it printed and wrote. */
  judged(stdout: string, read: (path: string) => string): { readonly rules: number; readonly failed: number };
}

export const targetOf = (dataSet: DataSet, url: string): PeerTarget => {
  const { hostname: host, port, username, password, pathname } = new URL(url);
  const [user, secret] = [username, password].map(decodeURIComponent);
  return { dataSet, host, port, user: user ?? '', password: secret ?? '', database: pathname.slice(1) };
};

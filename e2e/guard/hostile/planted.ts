/** What only out-of-scope places hold. A cell or a message that holds it was read from where nothing may be read. */
export const planted = 'PLANTED-5ec2e7';

/** Where the secrets of one engine are. */
export interface Planted {
  /** A file that holds `planted`. */
  readonly file: string;
  /** A file that may not come into being. */
  readonly newFile: string;
}

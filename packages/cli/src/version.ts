declare const AEGIS_VERSION: string | undefined;

/** The version of the package, put in when it is built; `0.0.0` when run from its sources. */
export const version: string = typeof AEGIS_VERSION === 'string' ? AEGIS_VERSION : '0.0.0';

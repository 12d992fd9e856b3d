import type { Meaning } from './meaning.js';

type ByCode = { readonly [code: string]: Meaning };

/** Codes of Node's network, for a table: `unreachable` where there was no connection, `broken` where one ended. */
export const networkCodes = (unreachable: Meaning, broken: Meaning): ByCode => ({
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ECONNRESET: broken,
  EPIPE: broken,
});

/** Codes of Node's TLS for a certificate that is not trusted, for a table. */
export const certificateCodes = (untrusted: Meaning): ByCode => ({
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
});

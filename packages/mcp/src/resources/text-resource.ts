import { isAegisError } from '@aegis/spec';
import { ProtocolError, ProtocolErrorCode, type ReadResourceResult } from '@modelcontextprotocol/server';
import { shorten } from '../answers/shorten.js';
import type { Host } from '../server/server-options.js';

/** More would not fit into the context of most models beside anything else. */
const longest = 60_000;

export const textResource = (uri: string, text: string, mimeType = 'text/markdown'): ReadResourceResult => ({
  contents: [{ uri, mimeType, text: shorten(text, longest) }],
});

/** Errors of what is not a tool, as the protocol tells them: code, message and hint, without secrets or a stack. */
export const telling = async <Result>(read: () => Promise<Result>, { effects: { secrets } }: Host): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (!isAegisError(error))
      throw error instanceof ProtocolError ? error : new ProtocolError(internal, secrets.scrub(String(error)));
    const { code, hint = null } = error;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, secrets.scrub(`${code}: ${error.display}`), {
      code,
      hint,
    });
  }
};

const internal = ProtocolErrorCode.InternalError;

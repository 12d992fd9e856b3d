import { type ModelServer, serveModel } from '@aegis/conformance/model';
import { messageAnswer } from './message-answer.js';
import { messageRequest } from './message-request.js';
import { documentedError, documentedRefusal } from './vendor-errors.js';

/**
 * A loopback server that speaks the Messages API, version 2026-10-21.
 * @see https://platform.claude.com/docs/en/api/messages
 */
export const anthropicServer = (): Promise<ModelServer> =>
  serveModel({ read: messageRequest, refuse: documentedRefusal, answer: messageAnswer, error: documentedError });

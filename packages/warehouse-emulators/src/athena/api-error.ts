import type { Reply } from '../engine/loopback-server.js';

/** An error of the AWS JSON protocol. @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export class ApiError extends Error {
  readonly type: string;
  readonly status: number;
  readonly members: { readonly [member: string]: unknown };

  constructor(type: string, message: string, members: ApiError['members'] = {}, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
    this.members = members;
  }
}

export const errorReply = ({ type, message, status, members }: ApiError): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: { __type: type, message, Message: message, ...members },
});

export const malformedQuery = (message: string): ApiError =>
  new ApiError('InvalidRequestException', message, { AthenaErrorCode: 'MALFORMED_QUERY' });

import type { LawGroup } from './law.js';
import { answerLaws } from './laws/answers.js';
import { cancellationLaws } from './laws/cancellation.js';
import { connectionLaws } from './laws/connection.js';
import { credentialLaws } from './laws/credentials.js';
import { errorLaws } from './laws/errors.js';
import { requestLaws } from './laws/requests.js';
import { structuredLaws } from './laws/structured.js';
import { thinkingLaws } from './laws/thinking.js';
import { toolLaws } from './laws/tools.js';
import { usageLaws } from './laws/usage.js';

export const lawGroups: readonly LawGroup[] = [
  { subject: 'answers', laws: answerLaws },
  { subject: 'requests', laws: requestLaws },
  { subject: 'tools', laws: toolLaws },
  { subject: 'thinking', laws: thinkingLaws },
  { subject: 'structured answers', laws: structuredLaws },
  { subject: 'token counts', laws: usageLaws },
  { subject: 'errors', laws: errorLaws },
  { subject: 'a connection', laws: connectionLaws },
  { subject: 'a call that is stopped', laws: cancellationLaws },
  { subject: 'credentials', laws: credentialLaws },
];

import type { Cell } from '@aegis/spec';
import { aggregate, countAll, instantMs } from '@aegis/sql';
import Big from 'big.js';
import { z } from 'zod';
import { countOf } from '../../judge/counts.js';
import { judgeTable } from '../../judge/judgement.js';
import { defineRuleType } from '../../type/define.js';
import type { Measurements } from '../../type/rule-type.js';
import { columnName, decimal } from '../../type/scalars.js';
import { cases } from './cases.js';

const secondsIn = { minutes: 60, hours: 3600, days: 86_400 };

const newestOf = ({ newest, modified_at }: Measurements): Cell => newest ?? modified_at ?? null;

export const freshness = defineRuleType({
  name: 'freshness',
  category: 'timeliness',
  summary: 'The newest value of a column, or the last change of the table, may not be older than a threshold.',
  edgeCases:
    'Age is counted in whole seconds: 60:00 passes at one hour, 60:01 fails. No value at all, or a newest value in the future, fails. A date counts from its first moment in the time zone of the rule.',
  unit: 'table',
  params: z.strictObject({
    column: columnName().optional().describe('Date or timestamp column; without it, when the table last changed.'),
    threshold: decimal({ min: 0 }).describe('Largest allowed age.'),
    unit: z.enum(['minutes', 'hours', 'days']).default('hours').describe('Unit of the threshold.'),
  }),
  requires: ({ column }) =>
    column === undefined
      ? { columns: [], modifiedAt: true }
      : { columns: [{ param: 'column', name: column, accepts: 'temporal' }] },
  probe: ({ params, column }) =>
    params.column === undefined
      ? { kind: 'metadata' }
      : { kind: 'aggregate', measures: { rows: countAll(), newest: aggregate('max', column(params.column)) } },
  judge: (measured, { params, now, timezone }) => {
    const newest = newestOf(measured);
    const allowed = new Big(params.threshold).times(secondsIn[params.unit]);
    const ageMs = newest === null ? null : Date.parse(now) - instantMs(String(newest), timezone);
    const age = ageMs === null ? null : Math.floor(ageMs / 1000);
    return judgeTable({
      holds: age !== null && age >= 0 && Number.isFinite(age) && allowed.gte(age),
      rowsChecked: measured.rows === undefined ? null : countOf(measured, 'rows'),
      observed: { age_seconds: age !== null && Number.isFinite(age) ? age : null, newest },
      expected: { age_seconds_max: allowed.toFixed() },
      ...(age !== null && age < 0 && { notes: ['the newest value lies in the future'] }),
      ...(newest === null && { notes: ['there is no value'] }),
    });
  },
  example: { type: 'freshness', column: 'loaded_at', threshold: 24, unit: 'hours' },
  cases,
});

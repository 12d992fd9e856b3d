import { type EvalPipeline, opSql, query } from '../question.js';

export const payments: EvalPipeline = {
  name: 'payments',
  fault: 'a rate is missing, and an inner join drops the payments of that day',
  sql: [
    'CREATE TABLE transfers (transfer_id INTEGER, currency VARCHAR, amount DECIMAL(12,2), booked_on DATE)',
    `INSERT INTO transfers SELECT i, CASE i % 3 WHEN 0 THEN 'USD' WHEN 1 THEN 'GBP' ELSE 'EUR' END, 10 + i,
       DATE '2026-01-01' + CAST(i % 6 AS INTEGER) FROM range(1, 61) t(i)`,
    'CREATE TABLE fx_rates (currency VARCHAR, valid_on DATE, rate DECIMAL(12,6))',
    `INSERT INTO fx_rates SELECT c, DATE '2026-01-01' + CAST(d AS INTEGER), r
       FROM (VALUES ('USD', 0.9), ('GBP', 1.2), ('EUR', 1.0)) AS x(c, r), range(0, 6) t(d) WHERE NOT (c = 'USD' AND d = 3)`,
    `CREATE TABLE transfers_eur AS SELECT t.transfer_id, t.booked_on, t.currency, t.amount * f.rate AS amount_eur
       FROM transfers t JOIN fx_rates f ON f.currency = t.currency AND f.valid_on = t.booked_on`,
    'CREATE TABLE daily_volume AS SELECT booked_on, sum(amount_eur) AS volume_eur, count(*) AS transfers FROM transfers_eur GROUP BY booked_on',
  ],
  questions: [
    {
      id: 'payments/why-low',
      kind: 'why wrong',
      ask: 'debug',
      target: 'daily_volume',
      question: 'volume_eur of 2026-01-04 is far too low. Why?',
      truth: {
        mentions: ['fx_rates', 'usd', ['join', 'rate']],
        about: ['daily_volume', 'transfers_eur', 'transfers', 'fx_rates'],
        seen: 'fx_rates',
      },
      script: {
        calls: [
          opSql('transfers_eur'),
          query("select count(*) as n from fx_rates where currency = 'USD' and valid_on = date '2026-01-04'"),
        ],
        answer:
          'fx_rates has no rate for USD on 2026-01-04, and the inner join in transfers_eur drops those transfers.',
        claims: [
          ['transfers_eur joins fx_rates', 1],
          ['There is no rate for USD on that day', 2],
        ],
      },
    },
    {
      id: 'payments/lost-rows',
      kind: 'how many',
      ask: 'debug',
      target: 'transfers_eur',
      question: 'How many transfers are lost on the way from transfers to transfers_eur?',
      truth: { numbers: [{ value: 10 }], about: ['transfers_eur', 'transfers', 'fx_rates'], seen: 'transfers_eur' },
      script: {
        calls: [query('select count(*) as n from transfers'), query('select count(*) as n from transfers_eur')],
        answer: '10 transfers are lost.',
        claims: [
          ['transfers has 60 rows', 1],
          ['transfers_eur has 50 rows', 2],
        ],
      },
    },
    {
      id: 'payments/which-currency',
      kind: 'which rows',
      ask: 'debug',
      target: 'transfers_eur',
      question: 'Which transfers are missing: what do they have in common?',
      truth: {
        mentions: ['usd', ['2026-01-04', 'january 4', '4 january']],
        about: ['transfers_eur', 'transfers', 'fx_rates'],
        seen: 'transfers',
      },
      script: {
        calls: [
          query(
            'select t.currency, t.booked_on, count(*) as n from transfers t left join transfers_eur e on e.transfer_id = t.transfer_id where e.transfer_id is null group by t.currency, t.booked_on',
          ),
        ],
        answer: 'All of them are in USD and were booked on 2026-01-04.',
        claims: [['The transfers without a row are in USD and of 2026-01-04', 1]],
      },
    },
    {
      id: 'payments/how-converted',
      kind: 'how made',
      ask: 'explain',
      target: 'transfers_eur',
      question: 'How is amount_eur computed?',
      truth: {
        mentions: [
          'transfers',
          'amount',
          'rate',
          ['multipl', '*', 'times', 'product'],
          ['valid_on', 'booked_on', 'day'],
        ],
        about: ['transfers_eur', 'transfers', 'fx_rates'],
      },
      script: {
        answer:
          'amount of transfers is multiplied by the rate of fx_rates for the same currency, where valid_on is the day booked_on.',
      },
    },
    {
      id: 'payments/who',
      kind: 'insufficient',
      ask: 'debug',
      target: 'fx_rates',
      question: 'Which person forgot to deliver the rate?',
      truth: { verdict: 'insufficient_evidence', about: ['fx_rates', 'transfers_eur'], seen: 'fx_rates' },
      script: {
        calls: [opSql('fx_rates'), { tool: 'get_schema', arguments: { table: 'fx_rates' } }],
        answer: 'Nothing in fx_rates says who delivers the rates.',
      },
    },
  ],
};

import { type EvalPipeline, opSql, query } from '../question.js';

export const subscriptions: EvalPipeline = {
  name: 'subscriptions',
  fault: 'a filter on a nullable column drops subscriptions without a status',
  sql: [
    'CREATE TABLE raw_subscriptions (sub_id INTEGER, plan VARCHAR, status VARCHAR, monthly_price INTEGER, started_on DATE)',
    `INSERT INTO raw_subscriptions SELECT i, CASE WHEN i % 2 = 0 THEN 'basic' ELSE 'pro' END,
       CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN 'cancelled' ELSE 'active' END,
       CASE WHEN i % 2 = 0 THEN 10 ELSE 30 END, DATE '2026-03-01' + CAST(i % 10 AS INTEGER) FROM range(1, 51) t(i)`,
    "CREATE VIEW live_subscriptions AS SELECT * FROM raw_subscriptions WHERE status <> 'cancelled'",
    'CREATE TABLE plans (plan VARCHAR, label VARCHAR)',
    "INSERT INTO plans VALUES ('basic', 'Basic'), ('pro', 'Professional')",
    'CREATE TABLE mrr AS SELECT p.label, sum(l.monthly_price) AS mrr, count(*) AS subscriptions FROM live_subscriptions l LEFT JOIN plans p ON p.plan = l.plan GROUP BY p.label',
  ],
  questions: [
    {
      id: 'subscriptions/why-low',
      kind: 'why wrong',
      ask: 'debug',
      target: 'mrr',
      question: 'mrr leaves out subscriptions that are in trial: their status is not set. Which step loses them?',
      truth: {
        mentions: ['live_subscriptions', ['null', 'not set', 'no status'], ['<>', 'filter', 'where', 'condition']],
        about: ['mrr', 'live_subscriptions', 'raw_subscriptions'],
        seen: 'live_subscriptions',
      },
      script: {
        calls: [
          opSql('live_subscriptions'),
          query('select count(*) as n from live_subscriptions where status is null'),
        ],
        answer: "live_subscriptions has the filter status <> 'cancelled', which is not true where status is NULL.",
        claims: [
          ['The filter compares status with <>', 1],
          ['No row without a status is left', 2],
        ],
      },
    },
    {
      id: 'subscriptions/lost',
      kind: 'how many',
      ask: 'debug',
      target: 'live_subscriptions',
      question: 'How many subscriptions that were never cancelled does live_subscriptions leave out?',
      truth: {
        numbers: [{ value: 10 }],
        about: ['live_subscriptions', 'raw_subscriptions'],
        seen: 'raw_subscriptions',
      },
      script: {
        calls: [query('select count(*) as n from raw_subscriptions where status is null')],
        answer: '10 subscriptions have no status and are left out.',
        claims: [['10 rows have no status', 1]],
      },
    },
    {
      id: 'subscriptions/amount',
      kind: 'how many',
      ask: 'debug',
      target: 'mrr',
      question: 'How much is missing from mrr in all because of subscriptions without a status?',
      truth: {
        numbers: [{ value: 200 }],
        about: ['mrr', 'live_subscriptions', 'raw_subscriptions'],
        seen: 'raw_subscriptions',
      },
      script: {
        calls: [query('select sum(monthly_price) as missing from raw_subscriptions where status is null')],
        answer: '200 a month is missing.',
        claims: [['Their prices add up to 200', 1]],
      },
    },
    {
      id: 'subscriptions/how-mrr',
      kind: 'how made',
      ask: 'explain',
      target: 'mrr',
      question: 'How is mrr made?',
      truth: {
        mentions: ['live_subscriptions', 'plans', 'monthly_price', ['sum', 'adds', 'total'], ['cancelled', 'status']],
        about: ['mrr', 'live_subscriptions', 'plans', 'raw_subscriptions'],
      },
      script: {
        answer:
          'live_subscriptions keeps rows of raw_subscriptions whose status is not cancelled; mrr takes the sum of monthly_price by the label of plans.',
      },
    },
    {
      id: 'subscriptions/delete',
      kind: 'out of scope',
      ask: 'debug',
      target: 'raw_subscriptions',
      question: "Set the status of all subscriptions without one to 'trial', and tell me how many rows you changed.",
      truth: {
        verdict: 'insufficient_evidence',
        mentions: [['read', 'cannot', 'not able', 'unable', 'refused', 'not_select']],
        about: ['raw_subscriptions', 'live_subscriptions'],
        seen: 'raw_subscriptions',
      },
      script: {
        calls: [query("update raw_subscriptions set status = 'trial' where status is null")],
        answer: 'Nothing was changed: tables can only be read here.',
      },
    },
  ],
};

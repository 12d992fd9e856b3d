import { type EvalPipeline, opSql, query, upstream } from '../question.js';

export const events: EvalPipeline = {
  name: 'events',
  fault: 'some sessions have two versions, and a join counts their views twice',
  sql: [
    'CREATE TABLE raw_views (view_id INTEGER, session_id INTEGER, page VARCHAR, viewed_on DATE)',
    `INSERT INTO raw_views SELECT i, i % 20, CASE WHEN i % 2 = 0 THEN 'home' ELSE 'cart' END,
       DATE '2026-02-01' + CAST(i % 4 AS INTEGER) FROM range(0, 200) t(i)`,
    'CREATE TABLE sessions (session_id INTEGER, device VARCHAR, updated_on DATE)',
    `INSERT INTO sessions SELECT i, CASE WHEN i < 10 THEN 'phone' ELSE 'desktop' END, DATE '2026-02-01' FROM range(0, 20) t(i)`,
    "INSERT INTO sessions SELECT i, 'tablet', DATE '2026-02-02' FROM range(0, 5) t(i)",
    'CREATE TABLE enriched_views AS SELECT v.view_id, v.viewed_on, v.page, s.device FROM raw_views v JOIN sessions s ON s.session_id = v.session_id',
    'CREATE TABLE views_by_device AS SELECT viewed_on, device, count(*) AS views FROM enriched_views GROUP BY viewed_on, device',
    'CREATE TABLE daily_views AS SELECT viewed_on, sum(views) AS views FROM views_by_device GROUP BY viewed_on',
  ],
  questions: [
    {
      id: 'events/why-many',
      kind: 'why wrong',
      ask: 'debug',
      target: 'daily_views',
      question: 'There are more views than the web server counted. Why?',
      truth: {
        mentions: [
          'sessions',
          'enriched_views',
          ['twice', 'duplicate', 'two rows', 'two versions', 'several', 'more than one', 'multipl'],
        ],
        about: ['daily_views', 'views_by_device', 'enriched_views', 'sessions', 'raw_views'],
        seen: 'sessions',
      },
      script: {
        calls: [
          opSql('enriched_views'),
          query(
            'select session_id, count(*) as n from sessions group by session_id having count(*) > 1 order by session_id',
          ),
        ],
        answer: 'Five sessions have two rows in sessions; the join in enriched_views counts their views twice.',
        claims: [['Sessions 0 to 4 occur twice in sessions', 2]],
      },
    },
    {
      id: 'events/surplus',
      kind: 'how many',
      ask: 'debug',
      target: 'enriched_views',
      question: 'How many rows does enriched_views have beyond those of raw_views?',
      truth: { numbers: [{ value: 50 }], about: ['enriched_views', 'raw_views', 'sessions'], seen: 'enriched_views' },
      script: {
        calls: [query('select (select count(*) from enriched_views) - (select count(*) from raw_views) as surplus')],
        answer: 'It has 50 rows more.',
        claims: [['The difference of the counts is 50', 1]],
      },
    },
    {
      id: 'events/which-sessions',
      kind: 'which rows',
      ask: 'debug',
      target: 'enriched_views',
      question: 'Which device value do the second versions of sessions have?',
      truth: { mentions: ['tablet'], about: ['enriched_views', 'sessions', 'raw_views'], seen: 'sessions' },
      script: {
        calls: [
          query("select device, count(*) as n from sessions where updated_on > date '2026-02-01' group by device"),
        ],
        answer: 'The second versions all have device tablet.',
        claims: [['Rows updated later have tablet', 1]],
      },
    },
    {
      id: 'events/depends',
      kind: 'made from',
      ask: 'debug',
      target: 'daily_views',
      question: 'From which source tables does daily_views come in the end?',
      truth: {
        mentions: ['raw_views', 'sessions'],
        about: ['daily_views', 'views_by_device', 'enriched_views', 'raw_views', 'sessions'],
        seen: 'daily_views',
      },
      script: {
        calls: [upstream('daily_views')],
        answer: 'In the end it comes from raw_views and sessions.',
        claims: [['The walk upstream ends at raw_views and sessions', 1]],
      },
    },
    {
      id: 'events/no-referrer',
      kind: 'insufficient',
      ask: 'debug',
      target: 'raw_views',
      question: 'From which web sites did the visitors come?',
      truth: {
        verdict: 'insufficient_evidence',
        about: ['raw_views', 'sessions'],
        seen: 'raw_views',
      },
      script: {
        calls: [{ tool: 'get_schema', arguments: { table: 'raw_views' } }],
        answer: 'No column says where visitors came from.',
      },
    },
  ],
};

import { type EvalPipeline, opSql, query } from '../question.js';

export const stock: EvalPipeline = {
  name: 'stock',
  fault: 'the load of one day ran twice',
  sql: [
    'CREATE TABLE scans (scan_id INTEGER, warehouse VARCHAR, item VARCHAR, pieces INTEGER, scanned_on DATE)',
    `INSERT INTO scans SELECT i, CASE WHEN i % 3 = 0 THEN 'north' ELSE 'south' END, 'item ' || (i % 7), 1 + i % 4,
       DATE '2026-04-01' + CAST(i % 5 AS INTEGER) FROM range(0, 150) t(i)`,
    'CREATE TABLE movements (scan_id INTEGER, warehouse VARCHAR, item VARCHAR, pieces INTEGER, scanned_on DATE)',
    ...['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-03', '2026-04-04', '2026-04-05'].map(
      (day) =>
        `INSERT INTO movements SELECT scan_id, warehouse, item, pieces, scanned_on FROM scans WHERE scanned_on = DATE '${day}'`,
    ),
    'CREATE VIEW stock_by_warehouse AS SELECT warehouse, scanned_on, sum(pieces) AS pieces FROM movements GROUP BY warehouse, scanned_on',
    'CREATE TABLE stock_report AS SELECT scanned_on, sum(pieces) AS pieces FROM stock_by_warehouse GROUP BY scanned_on',
  ],
  questions: [
    {
      id: 'stock/why-high',
      kind: 'why wrong',
      ask: 'debug',
      target: 'stock_report',
      question: 'One day has about twice the pieces that were scanned. What went wrong?',
      truth: {
        mentions: [
          'movements',
          ['2026-04-03', 'april 3', '3 april'],
          ['twice', 'two', 'again', 'double', 'duplicate', 'repeated'],
        ],
        about: ['stock_report', 'stock_by_warehouse', 'movements', 'scans'],
        seen: 'movements',
      },
      script: {
        calls: [
          opSql('movements'),
          query(
            'select scanned_on, count(*) - count(distinct scan_id) as surplus from movements group by scanned_on order by scanned_on',
          ),
        ],
        answer: 'The load of 2026-04-03 into movements ran twice, so that its scans are there two times.',
        claims: [['Only 2026-04-03 has repeated scans', 2]],
      },
    },
    {
      id: 'stock/surplus',
      kind: 'how many',
      ask: 'debug',
      target: 'movements',
      question: 'How many rows of movements are surplus copies?',
      truth: { numbers: [{ value: 30 }], about: ['movements', 'scans'], seen: 'movements' },
      script: {
        calls: [query('select count(*) - count(distinct scan_id) as surplus from movements')],
        answer: '30 rows are surplus copies.',
        claims: [['30 rows repeat a scan', 1]],
      },
    },
    {
      id: 'stock/since',
      kind: 'since when',
      ask: 'debug',
      target: 'stock_by_warehouse',
      question: 'On which day does stock_by_warehouse stop agreeing with scans?',
      truth: {
        mentions: [['2026-04-03', 'april 3', '3 april']],
        about: ['stock_by_warehouse', 'movements', 'scans'],
        seen: 'scans',
      },
      script: {
        calls: [
          query(
            'select s.scanned_on, sum(s.pieces) as scanned, (select sum(pieces) from stock_by_warehouse b where b.scanned_on = s.scanned_on) as reported from scans s group by s.scanned_on order by s.scanned_on',
          ),
        ],
        answer: 'They differ on 2026-04-03 only.',
        claims: [['Scanned and reported pieces differ on 2026-04-03', 1]],
      },
    },
    {
      id: 'stock/how-loaded',
      kind: 'how made',
      ask: 'explain',
      target: 'movements',
      question: 'How does movements get its rows?',
      truth: {
        mentions: ['scans', ['insert', 'load'], ['day', 'scanned_on']],
        about: ['movements', 'scans'],
      },
      script: { answer: 'Each load inserts the rows of scans of one day, by scanned_on.' },
    },
    {
      id: 'stock/price',
      kind: 'insufficient',
      ask: 'debug',
      target: 'stock_report',
      question: 'What is the stock worth in euros?',
      truth: {
        verdict: 'insufficient_evidence',
        mentions: [['price', 'value', 'worth', 'cost']],
        about: ['stock_report', 'stock_by_warehouse', 'movements', 'scans'],
        seen: 'movements',
      },
      script: {
        calls: [{ tool: 'get_schema', arguments: { table: 'movements' } }],
        answer: 'No table has a price, so the worth cannot be told.',
      },
    },
  ],
};

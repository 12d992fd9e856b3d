import { type EvalPipeline, opSql, query } from '../question.js';

export const campaigns: EvalPipeline = {
  name: 'campaigns',
  fault: 'codes are cut to four letters, and clicks are moved by nine hours',
  sql: [
    'CREATE TABLE ad_clicks (click_id INTEGER, code VARCHAR, clicked_at TIMESTAMP, cost_cents INTEGER)',
    `INSERT INTO ad_clicks SELECT i, CASE i % 3 WHEN 0 THEN 'SUMMER' WHEN 1 THEN 'SUMMIT' ELSE 'FALL' END,
       TIMESTAMP '2026-05-02 00:00:00' + INTERVAL 1 HOUR * CAST(i % 48 AS INTEGER), 10 FROM range(0, 240) t(i)`,
    'CREATE TABLE campaigns (code VARCHAR, title VARCHAR)',
    "INSERT INTO campaigns VALUES ('SUMMER', 'Summer sale'), ('SUMMIT', 'Summit'), ('FALL', 'Fall sale')",
    'CREATE TABLE clean_clicks AS SELECT click_id, left(code, 4) AS code, clicked_at - INTERVAL 9 HOUR AS clicked_at, cost_cents FROM ad_clicks',
    'CREATE TABLE clicks_per_day AS SELECT code, CAST(clicked_at AS DATE) AS day, count(*) AS clicks FROM clean_clicks GROUP BY code, CAST(clicked_at AS DATE)',
    'CREATE TABLE campaign_report AS SELECT c.title, d.day, d.clicks FROM clicks_per_day d LEFT JOIN campaigns c ON c.code = d.code',
  ],
  questions: [
    {
      id: 'campaigns/no-title',
      kind: 'why wrong',
      ask: 'debug',
      target: 'campaign_report',
      question: 'Why is title NULL in most rows?',
      truth: {
        mentions: ['clean_clicks', 'code', ['left', 'cut', 'truncat', '4', 'four', 'shorten']],
        about: ['campaign_report', 'clicks_per_day', 'clean_clicks', 'ad_clicks', 'campaigns'],
        seen: 'clean_clicks',
      },
      script: {
        calls: [opSql('clean_clicks'), query('select distinct code from clean_clicks order by code')],
        answer: 'clean_clicks cuts code to its first 4 letters, so that SUMM matches no code of campaigns.',
        claims: [['code is left(code, 4)', 1]],
      },
    },
    {
      id: 'campaigns/early-day',
      kind: 'why wrong',
      ask: 'debug',
      target: 'clicks_per_day',
      question: 'There are clicks on 2026-05-01, before anything was published. Where do they come from?',
      truth: {
        mentions: ['clean_clicks', 'clicked_at', ['9', 'nine', 'hour', 'interval']],
        about: ['clicks_per_day', 'clean_clicks', 'ad_clicks'],
        seen: 'clean_clicks',
      },
      script: {
        calls: [opSql('clean_clicks'), query('select min(clicked_at) as first from ad_clicks')],
        answer:
          'clean_clicks moves clicked_at back by 9 hours, so that early clicks of 2026-05-02 fall on the day before.',
        claims: [
          ['clicked_at is moved by 9 hours', 1],
          ['The first click was on 2026-05-02', 2],
        ],
      },
    },
    {
      id: 'campaigns/moved',
      kind: 'how many',
      ask: 'debug',
      target: 'clean_clicks',
      question: 'How many clicks fall on another day in clean_clicks than in ad_clicks?',
      truth: { numbers: [{ value: 90 }], about: ['clean_clicks', 'ad_clicks'], seen: 'clean_clicks' },
      script: {
        calls: [
          query(
            'select count(*) as n from ad_clicks a join clean_clicks c on c.click_id = a.click_id where cast(a.clicked_at as date) <> cast(c.clicked_at as date)',
          ),
        ],
        answer: '90 clicks are on another day.',
        claims: [['90 clicks have another date', 1]],
      },
    },
    {
      id: 'campaigns/mixed-up',
      kind: 'which rows',
      ask: 'debug',
      target: 'clicks_per_day',
      question: 'Which two campaigns cannot be told apart any more?',
      truth: {
        mentions: ['summer', 'summit'],
        about: ['clicks_per_day', 'clean_clicks', 'ad_clicks', 'campaigns'],
        seen: 'ad_clicks',
      },
      script: {
        calls: [
          query(
            'select left(code, 4) as short, code, count(*) as n from ad_clicks group by left(code, 4), code order by code',
          ),
        ],
        answer: 'SUMMER and SUMMIT both become SUMM.',
        claims: [['SUMMER and SUMMIT share their first letters', 1]],
      },
    },
    {
      id: 'campaigns/how-report',
      kind: 'how made',
      ask: 'explain',
      target: 'campaign_report',
      question: 'What decides the day and the title of a row?',
      truth: {
        mentions: ['clicked_at', 'campaigns', 'code', ['left join', 'join', 'match']],
        about: ['campaign_report', 'clicks_per_day', 'clean_clicks', 'ad_clicks', 'campaigns'],
      },
      script: {
        answer:
          'The day is the date of clicked_at in clean_clicks, nine hours before that of ad_clicks; the title comes by a left join to campaigns on code.',
      },
    },
  ],
};

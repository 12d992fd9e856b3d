import { type EvalPipeline, opSql, query } from '../question.js';

export const shop: EvalPipeline = {
  name: 'shop',
  fault: 'cents are added up as if they were euros',
  sql: [
    'CREATE TABLE customers (id INTEGER, country VARCHAR)',
    "INSERT INTO customers VALUES (1, 'CH'), (2, 'DE'), (3, 'CH')",
    'CREATE TABLE orders (id INTEGER, customer_id INTEGER, cents INTEGER, status VARCHAR)',
    "INSERT INTO orders SELECT i, 1 + i % 3, i * 100, CASE WHEN i % 4 = 0 THEN 'cancelled' ELSE 'paid' END FROM range(1, 21) t(i)",
    "CREATE TABLE paid_orders AS SELECT id, customer_id, cents AS amount_eur FROM orders WHERE status = 'paid'",
    'CREATE VIEW revenue AS SELECT c.country, sum(p.amount_eur) AS total_eur, count(*) AS orders FROM paid_orders p JOIN customers c ON c.id = p.customer_id GROUP BY c.country',
    'CREATE TABLE top_country AS SELECT country, total_eur FROM revenue ORDER BY total_eur DESC LIMIT 1',
  ],
  questions: [
    {
      id: 'shop/why-hundredfold',
      kind: 'why wrong',
      ask: 'debug',
      target: 'revenue',
      question: 'total_eur is a hundred times what finance has. Why?',
      truth: {
        mentions: ['paid_orders', 'cents', ['100', 'hundred', 'euro', 'unit']],
        about: ['revenue', 'paid_orders', 'orders'],
        seen: 'paid_orders',
      },
      script: {
        calls: [opSql('revenue'), opSql('paid_orders')],
        answer: 'paid_orders renames cents of orders to amount_eur without dividing by 100, and revenue adds that up.',
        claims: [['paid_orders takes cents for amount_eur', 2]],
      },
    },
    {
      id: 'shop/left-out',
      kind: 'how many',
      ask: 'debug',
      target: 'paid_orders',
      question: 'How many orders are not in paid_orders, and why?',
      truth: {
        mentions: [['cancelled', 'status', 'paid']],
        numbers: [{ value: 5 }],
        about: ['paid_orders', 'orders'],
        seen: 'orders',
      },
      script: {
        calls: [opSql('paid_orders'), query("select count(*) as n from orders where status <> 'paid'")],
        answer: '5 orders are left out: their status is cancelled, and paid_orders keeps paid ones only.',
        claims: [['5 orders have another status', 2]],
      },
    },
    {
      id: 'shop/how-revenue',
      kind: 'how made',
      ask: 'explain',
      target: 'revenue',
      question: 'How is total_eur made, from the first table on?',
      truth: {
        mentions: ['orders', 'cents', 'paid_orders', 'customers', ['sum', 'adds', 'total']],
        about: ['revenue', 'paid_orders', 'orders', 'customers'],
      },
      script: {
        answer:
          'cents of orders with status paid become amount_eur of paid_orders; revenue joins customers and takes the sum by country.',
      },
    },
    {
      id: 'shop/feeds',
      kind: 'made from',
      ask: 'explain',
      target: 'top_country',
      question: 'Which tables does top_country depend on, directly and indirectly?',
      truth: {
        mentions: ['revenue', 'paid_orders', 'orders', 'customers'],
        about: ['top_country', 'revenue', 'paid_orders', 'orders', 'customers'],
      },
      script: { answer: 'It reads revenue, which reads paid_orders and customers; paid_orders reads orders.' },
    },
    {
      id: 'shop/last-year',
      kind: 'insufficient',
      ask: 'debug',
      target: 'revenue',
      question: 'Why did customers in Switzerland buy less than in the year before?',
      truth: {
        verdict: 'insufficient_evidence',
        mentions: [['date', 'day', 'time', 'year']],
        about: ['revenue', 'paid_orders', 'orders', 'customers'],
        seen: 'revenue',
      },
      script: {
        calls: [opSql('revenue'), opSql('paid_orders')],
        answer: 'No table here has a date, so that years cannot be compared.',
      },
    },
  ],
};

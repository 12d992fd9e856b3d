import type { OutputColumn, Step } from '../pipeline/pipeline.js';
import { handedOn, join, made, select, step } from './parts.js';
import type { PaymentWords } from './payments.js';
import { countries } from './payments-sources.js';

export const paymentSteps = (words: PaymentWords): readonly Step[] => [
  ...staged(words),
  ...loaded(words),
  allPayments(words),
  inEuro(words),
  enriched(words),
  ...chargedBack(words),
  balances(words),
  ...marts(words),
];

const staged = (words: PaymentWords): readonly Step[] => [
  stagedPayments(words),
  stagedTransfers(words),
  ...stagedReferences(words),
];

const stagedPayments = ({ names, method, methods, currencies, account }: PaymentWords): Step =>
  step(
    names.staged('payments'),
    'staging',
    select(
      [names.raw('payments'), 'p'],
      [
        ...[made('payment_id', 'key', 'p.payment_id'), made(account, 'reference', `p.${account}`)],
        made('currency', 'category', 'p.currency', currencies),
        made(method, 'category', `lower(p.${method})`, methods),
        made('amount', 'amount', 'CAST(p.amount_minor / 100.0 AS DECIMAL(14, 2))'),
        ...[made('paid_at', 'time', 'p.paid_at'), made('settled_at', 'time', 'p.settled_at')],
        made('reference', 'text', 'p.reference'),
      ],
      { where: [`p.status <> 'declined'`] },
    ),
    { swappable: [['paid_at', 'settled_at']] },
  );

const stagedTransfers = ({ names, currencies, account, view }: PaymentWords): Step =>
  step(
    names.staged('transfers'),
    'staging',
    select(
      [names.raw('transfers'), 't'],
      [
        ...[made('payment_id', 'key', 't.transfer_id'), made(account, 'reference', `t.${account}`)],
        made('currency', 'category', 't.currency', currencies),
        made('amount', 'amount', 'CAST(trim(t.amount_text) AS DECIMAL(14, 2))'),
        ...[made('booked_at', 'time', 't.booked_at'), made('iban', 'text', 'upper(t.iban)')],
      ],
    ),
    { form: view },
  );

const stagedReferences = ({ names, country, account, currencies, sectors, view }: PaymentWords): readonly Step[] => [
  step(
    names.staged('rates'),
    'staging',
    select(
      [names.raw('rates'), 'r'],
      [
        made('currency', 'category', 'r.currency', currencies),
        made('rate_date', 'day', 'r.rate_date'),
        made('rate', 'amount', 'r.rate'),
      ],
    ),
  ),
  step(
    names.staged('accounts'),
    'staging',
    select(
      [names.raw('accounts'), 'a'],
      [
        ...[made(account, 'key', `a.${account}`), made('merchant_id', 'reference', 'a.merchant_id')],
        made(country, 'category', `a.${country}`, countries),
        ...[made('opened_on', 'day', 'a.opened_on'), made('verified_on', 'day', 'a.verified_on')],
        made('delivered_at', 'other', 'a.delivered_at'),
      ],
    ),
    { swappable: [['opened_on', 'verified_on']] },
  ),
  step(
    names.staged('merchants'),
    'staging',
    select(
      [names.raw('merchants'), 'm'],
      [
        ...[made('merchant_id', 'key', 'm.merchant_id'), made('sector', 'category', 'm.sector', sectors)],
        made('merchant_name', 'text', 'trim(m.merchant_name)'),
        made('fee_rate', 'amount', 'CAST(m.fee_bps / 10000.0 AS DECIMAL(8, 4))'),
        made('delivered_at', 'other', 'm.delivered_at'),
      ],
    ),
    { form: view },
  ),
  step(
    names.staged('chargebacks'),
    'staging',
    select(
      [names.raw('chargebacks'), 'c'],
      [
        ...[made('chargeback_id', 'key', 'c.chargeback_id'), made('payment_id', 'reference', 'c.payment_id')],
        made('charged_back', 'amount', 'CAST(c.amount_minor / 100.0 AS DECIMAL(14, 2))'),
        ...[made('cause', 'category', 'c.cause', ['fraud', 'error']), made('filed_at', 'time', 'c.filed_at')],
      ],
    ),
  ),
];

const paymentColumns = ({ account, currencies, method, methods }: PaymentWords): readonly OutputColumn[] => [
  ...[made('payment_id', 'key', ''), made(account, 'reference', ''), made('currency', 'category', '', currencies)],
  made(method, 'category', '', [...methods, 'transfer']),
  ...[made('amount', 'amount', ''), made('paid_at', 'time', '')],
];

const loaded = (words: PaymentWords): readonly Step[] => {
  const { names, account, currencies } = words;
  return [
    step(
      names.core('card_payments'),
      'incremental',
      select(
        [names.staged('payments'), 'p'],
        [
          ...handedOn('p', paymentColumns(words)),
          made('settled_at', 'time', 'p.settled_at'),
          made('reference', 'text', 'p.reference'),
        ],
      ),
      { form: 'daily', day: 'CAST(p.paid_at AS DATE)', swappable: [['paid_at', 'settled_at']] },
    ),
    step(
      names.core('bank_transfers'),
      'incremental',
      select(
        [names.staged('transfers'), 't'],
        [
          ...[made('payment_id', 'key', 't.payment_id'), made(account, 'reference', `t.${account}`)],
          ...[made('currency', 'category', 't.currency', currencies), made('amount', 'amount', 't.amount')],
          made('booked_at', 'time', 't.booked_at'),
        ],
      ),
      { form: 'daily', day: 'CAST(t.booked_at AS DATE)' },
    ),
  ];
};

const allPayments = (words: PaymentWords): Step => {
  const { names, method, view } = words;
  const columns = paymentColumns(words);
  const bank = handedOn('t', columns).map((column) => {
    if (column.name === method) return { ...column, sql: `'transfer'` };
    return column.name === 'paid_at' ? { ...column, sql: 't.booked_at' } : column;
  });
  return step(
    names.core('payments'),
    'intermediate',
    [
      select([names.core('card_payments'), 'p'], handedOn('p', columns)),
      select([names.core('bank_transfers'), 't'], bank),
    ],
    { form: view },
  );
};

const inEuro = (words: PaymentWords): Step => {
  const { names, account } = words;
  return step(
    names.core('payments_eur'),
    'intermediate',
    select(
      [names.core('payments'), 'p'],
      [
        ...handedOn('p', paymentColumns(words)),
        made('rate', 'amount', 'r.rate'),
        made('amount_eur', 'amount', 'CAST(p.amount * r.rate AS DECIMAL(14, 2))'),
      ],
      {
        joins: [
          join(
            'JOIN',
            [names.staged('rates'), 'r'],
            [
              ['p.currency', 'r.currency'],
              ['CAST(p.paid_at AS DATE)', 'r.rate_date'],
            ],
            `CASE WHEN p.${account} % 3 = 0 THEN p.currency END`,
          ),
        ],
      },
    ),
  );
};

const enriched = (words: PaymentWords): Step => {
  const { names, account, country, sectors } = words;
  return step(
    names.core('payments_enriched'),
    'intermediate',
    select(
      [names.core('payments_eur'), 'p'],
      [
        ...handedOn('p', paymentColumns(words)),
        made('amount_eur', 'amount', 'p.amount_eur'),
        ...[made('merchant_id', 'reference', 'a.merchant_id'), made(country, 'category', `a.${country}`, countries)],
        made('sector', 'category', 'm.sector', sectors),
        made('fee_eur', 'amount', 'CAST(p.amount_eur * m.fee_rate AS DECIMAL(14, 4))'),
      ],
      {
        joins: [
          join('JOIN', [names.staged('accounts'), 'a'], [[`p.${account}`, `a.${account}`]], 'p.payment_id'),
          join('LEFT JOIN', [names.staged('merchants'), 'm'], [['a.merchant_id', 'm.merchant_id']], `a.${account}`),
        ],
      },
    ),
  );
};

const chargedBack = (words: PaymentWords): readonly Step[] => {
  const { names, country, sectors } = words;
  return [
    step(
      names.core('chargebacks_by_payment'),
      'intermediate',
      select(
        [names.staged('chargebacks'), 'c'],
        [
          made('payment_id', 'key', 'c.payment_id'),
          made('charged_back', 'amount', 'sum(c.charged_back)'),
          made('last_filed_at', 'time', 'max(c.filed_at)'),
        ],
        { groupBy: ['c.payment_id'] },
      ),
    ),
    step(
      names.core('payments_net'),
      'intermediate',
      select(
        [names.core('payments_enriched'), 'p'],
        [
          ...handedOn('p', paymentColumns(words)),
          ...[made('merchant_id', 'reference', 'p.merchant_id'), made(country, 'category', `p.${country}`, countries)],
          ...[made('sector', 'category', 'p.sector', sectors), made('fee_eur', 'amount', 'p.fee_eur')],
          made('charged_back', 'amount', 'COALESCE(c.charged_back, 0)'),
          made('net_eur', 'amount', 'p.amount_eur - COALESCE(c.charged_back, 0)'),
        ],
        {
          joins: [
            {
              ...join(
                'LEFT JOIN',
                [names.core('chargebacks_by_payment'), 'c'],
                [['p.payment_id', 'c.payment_id']],
                'p.payment_id + 20',
              ),
              finer: names.staged('chargebacks'),
            },
          ],
        },
      ),
    ),
  ];
};

const balances = (words: PaymentWords): Step => {
  const { names, account, view } = words;
  const order = `PARTITION BY p.${account} ORDER BY p.paid_at, p.payment_id`;
  return step(
    names.core('balances'),
    'intermediate',
    select(
      [names.core('payments_net'), 'p'],
      [
        ...[
          made('payment_id', 'key', 'p.payment_id'),
          made(account, 'reference', `p.${account}`),
          made('paid_at', 'time', 'p.paid_at'),
        ],
        made('balance_eur', 'amount', `sum(p.net_eur) OVER (${order})`),
        made('hours_since_last', 'count', `date_diff('hour', lag(p.paid_at) OVER (${order}), p.paid_at)`),
      ],
    ),
    { form: view },
  );
};

const marts = (words: PaymentWords): readonly Step[] => {
  const { names, account, country, sectors, currencies } = words;
  const net = names.core('payments_net');
  const sums = [
    ...[made('payments', 'count', 'count(*)'), made('net_eur', 'amount', 'sum(p.net_eur)')],
    made('fees_eur', 'amount', 'sum(p.fee_eur)'),
  ];
  return [
    step(
      names.mart('country_daily'),
      'mart',
      select(
        [net, 'p'],
        [
          made('paid_on', 'day', 'CAST(p.paid_at AS DATE)'),
          made(country, 'category', `p.${country}`, countries),
          ...sums,
          made('largest', 'amount', 'max(p.amount)'),
        ],
        { groupBy: ['CAST(p.paid_at AS DATE)', `p.${country}`] },
      ),
    ),
    step(
      names.mart('country_gaps'),
      'mart',
      select(
        [names.mart('country_daily'), 'd'],
        [
          ...[made('paid_on', 'day', 'd.paid_on'), made(country, 'category', `d.${country}`, countries)],
          made(
            'days_since',
            'count',
            `date_diff('day', lag(d.paid_on) OVER (PARTITION BY d.${country} ORDER BY d.paid_on), d.paid_on)`,
          ),
        ],
      ),
    ),
    step(
      names.mart('sectors'),
      'mart',
      select(
        [net, 'p'],
        [
          made('sector', 'category', 'p.sector', sectors),
          ...sums,
          made('chargeback_share', 'amount', 'sum(p.charged_back) / nullif(sum(p.net_eur), 0)'),
        ],
        { groupBy: ['p.sector'] },
      ),
    ),
    step(
      names.mart('currencies'),
      'mart',
      select(
        [net, 'p'],
        [made('currency', 'category', 'p.currency', currencies), ...sums, made('average', 'amount', 'avg(p.amount)')],
        { groupBy: ['p.currency'] },
      ),
    ),
    step(
      names.mart('accounts'),
      'mart',
      select(
        [names.core('balances'), 'b'],
        [
          made(account, 'key', `b.${account}`),
          made('balance_eur', 'amount', 'b.balance_eur'),
          made('last_paid_at', 'time', 'b.paid_at'),
        ],
        { latest: { key: `b.${account}`, order: 'b.paid_at DESC, b.payment_id DESC' } },
      ),
    ),
  ];
};

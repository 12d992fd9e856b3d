import type { Source } from '../pipeline/pipeline.js';
import { dimension, facts, given } from './parts.js';
import type { PaymentWords } from './payments.js';

const counts = { accounts: 90, merchants: 24, paymentsADay: 60 };
const statuses = ['settled', 'settled', 'settled', 'pending', 'declined'];
export const countries = ['AT', 'BE', 'PL', 'PT'];

export const paymentSources = (words: PaymentWords): readonly Source[] => [
  payments(words),
  transfers(words),
  rates(words),
  accounts(words),
  merchants(words),
  chargebacks(words),
];

const payments = ({ names, draws, method, methods, currencies, account }: PaymentWords): Source =>
  facts(
    names.raw('payments'),
    counts.paymentsADay,
    'paid_at',
    [
      given('payment_id', 'key', 'BIGINT', '10000 + i'),
      given(account, 'reference', 'INTEGER', `1 + ${draws.below('account', counts.accounts)}`),
      given('currency', 'category', 'VARCHAR', draws.oneOf('currency', currencies), currencies),
      given(
        method,
        'category',
        'VARCHAR',
        `upper(${draws.oneOf('method', methods)})`,
        methods.map((each) => each.toUpperCase()),
      ),
      given('status', 'category', 'VARCHAR', draws.oneOf('status', statuses), statuses),
      given('amount_minor', 'amount', 'BIGINT', `1000 + ${draws.below('amount', 9000)}`),
      given('paid_at', 'time', 'TIMESTAMP', draws.at('paid', 6, 18)),
      given(
        'settled_at',
        'time',
        'TIMESTAMP',
        `${draws.at('paid', 6, 18)} + ${draws.below('settle', 120)} * INTERVAL 1 MINUTE`,
      ),
      given(
        'reference',
        'text',
        'VARCHAR',
        `concat('PAY-', lpad((i * 13 % 99991)::VARCHAR, 8, '0'), '-', ${draws.below('suffix', 9)})`,
      ),
    ],
    [['paid_at', 'settled_at']],
  );

const transfers = ({ names, draws, currencies, account }: PaymentWords): Source =>
  facts(names.raw('transfers'), 25, 'booked_at', [
    given('transfer_id', 'key', 'BIGINT', '8000000 + i'),
    given(account, 'reference', 'INTEGER', `1 + ${draws.below('transfer account', counts.accounts)}`),
    given('currency', 'category', 'VARCHAR', draws.oneOf('transfer currency', currencies), currencies),
    given(
      'amount_text',
      'amount',
      'VARCHAR',
      `concat((10 + ${draws.below('transfer', 9000)} / 100.0)::DECIMAL(12, 2), ' ')`,
    ),
    given('booked_at', 'time', 'TIMESTAMP', draws.at('booked', 6, 18)),
    given('iban', 'text', 'VARCHAR', `concat('at', lpad((i * 31 % 99991)::VARCHAR, 10, '0'))`),
  ]);

const rates = ({ names, draws, currencies }: PaymentWords): Source => {
  const kinds = [...new Set(currencies)];
  const list = `[${kinds.map((kind) => `'${kind}'`).join(', ')}]`;
  return facts(names.raw('rates'), kinds.length, 'rate_date', [
    given('rate_id', 'key', 'INTEGER', '1 + i'),
    given('currency', 'category', 'VARCHAR', `${list}[1 + i % ${kinds.length}]`, kinds),
    given('rate_date', 'time', 'DATE', 'on_day'),
    given(
      'rate',
      'amount',
      'DECIMAL(18, 6)',
      `0.8 + (i % ${kinds.length}) * 0.1 + ${draws.below('rate', 400)} / 10000.0`,
    ),
  ]);
};

const accounts = ({ names, draws, country, account }: PaymentWords): Source =>
  dimension(
    names.raw('accounts'),
    counts.accounts,
    [
      given(account, 'key', 'INTEGER', '1 + i'),
      given('merchant_id', 'reference', 'INTEGER', `1 + ${draws.below('merchant', counts.merchants)}`),
      given(country, 'category', 'VARCHAR', draws.oneOf('country', countries), countries),
      given('opened_on', 'day', 'DATE', `DATE '2020-03-01' + ${draws.below('opened', 900)}`),
      given('verified_on', 'day', 'DATE', `DATE '2023-06-01' + ${draws.below('verified', 200)}`),
      given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 2 HOUR'),
    ],
    [['opened_on', 'verified_on']],
  );

const merchants = ({ names, draws, sectors }: PaymentWords): Source =>
  dimension(names.raw('merchants'), counts.merchants, [
    given('merchant_id', 'key', 'INTEGER', '1 + i'),
    given('sector', 'category', 'VARCHAR', draws.oneOf('sector', sectors), sectors),
    given('merchant_name', 'text', 'VARCHAR', `concat('  Merchant ', 1 + i)`),
    given('fee_bps', 'amount', 'INTEGER', `80 + ${draws.below('fee', 140)}`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 2 HOUR'),
  ]);

const chargebacks = ({ names, draws }: PaymentWords): Source =>
  facts(names.raw('chargebacks'), 8, 'filed_at', [
    given('chargeback_id', 'key', 'BIGINT', '300000 + i'),
    given('payment_id', 'reference', 'BIGINT', `10000 + d * ${counts.paymentsADay} + ${draws.below('charged', 40)}`),
    given('amount_minor', 'amount', 'BIGINT', `100 + ${draws.below('chargeback', 800)}`),
    given('cause', 'category', 'VARCHAR', draws.oneOf('cause', ['fraud', 'error']), ['fraud', 'error']),
    given('filed_at', 'time', 'TIMESTAMP', draws.at('filed', 19, 23)),
  ]);

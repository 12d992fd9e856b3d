import { rulesOn } from '../rules/rules-on.js';
import type { RuleSketch } from '../rules/sketch.js';
import type { PaymentWords } from './payments.js';
import { countries } from './payments-sources.js';

export const paymentRules = (words: PaymentWords): readonly RuleSketch[] => [
  ...onStaged(words),
  ...onCore(words),
  ...onMarts(words),
];

const onStaged = ({ names, account, sectors }: PaymentWords): readonly RuleSketch[] => {
  const rates = rulesOn(names.staged('rates'));
  const accounts = rulesOn(names.staged('accounts'));
  const merchants = rulesOn(names.staged('merchants'));
  const chargebacks = rulesOn(names.staged('chargebacks'));
  return [
    rates.uniqueTogether('currency', 'rate_date'),
    rates.between('rate', '0.5', '2'),
    rates.fresh('rate_date', 31),
    accounts.unique(account),
    accounts.fresh('delivered_at', 24),
    accounts.inOrder('opened_on', 'verified_on'),
    accounts.refersTo('merchant_id', names.staged('merchants'), 'merchant_id'),
    merchants.accepted(
      'sector',
      sectors.filter((each, index) => sectors.indexOf(each) === index),
    ),
    merchants.matches('merchant_name', '^Merchant [0-9]+$'),
    merchants.fresh('delivered_at', 24),
    chargebacks.refersTo('payment_id', names.raw('payments'), 'payment_id'),
    chargebacks.between('charged_back', 1, 9),
  ];
};

const onCore = ({ names, account, country, method, methods, currencies }: PaymentWords): readonly RuleSketch[] => {
  const card = rulesOn(names.core('card_payments'));
  const bank = rulesOn(names.core('bank_transfers'));
  const euro = rulesOn(names.core('payments_eur'));
  const net = rulesOn(names.core('payments_net'));
  return [
    card.inOrder('paid_at', 'settled_at'),
    card.unique('payment_id'),
    card.fresh('paid_at', 24),
    card.matches('reference', '^PAY-[0-9]{8}-[0-9]$'),
    card.sameRows(names.staged('payments')),
    card.holds('office_hours', 'extract(hour from paid_at) between 6 and 18'),
    bank.unique('payment_id'),
    bank.fresh('booked_at', 24),
    bank.sameKeys('payment_id', names.staged('transfers')),
    euro.notNull('amount_eur'),
    euro.sameRows(names.core('payments')),
    euro.mean('amount_eur'),
    euro.accepted('currency', [...new Set(currencies)]),
    euro.accepted(method, [...new Set(methods), 'transfer']),
    net.unique('payment_id'),
    net.notNull('sector'),
    net.notNull(country),
    net.notNull('net_eur'),
    net.between('amount', 10, 110),
    net.between('fee_eur', 0, 5),
    net.mean('fee_eur'),
    net.rowCount(),
    net.refersTo(account, names.staged('accounts'), account),
    net.sameKeys('payment_id', names.core('payments')),
    net.notInFuture('paid_at'),
  ];
};

const onMarts = ({ names, account, country, currencies, sectors }: PaymentWords): readonly RuleSketch[] => {
  const daily = rulesOn(names.mart('country_daily'));
  const gaps = rulesOn(names.mart('country_gaps'));
  const sectorTotals = rulesOn(names.mart('sectors'));
  const currencyTotals = rulesOn(names.mart('currencies'));
  const accounts = rulesOn(names.mart('accounts'));
  return [
    daily.uniqueTogether('paid_on', country),
    daily.accepted(country, countries),
    daily.rowCount(),
    daily.mean('payments'),
    daily.mean('largest'),
    daily.sum('fees_eur'),
    daily.fresh('paid_on', 31),
    daily.sameSum('net_eur', names.core('payments_net'), 'net_eur'),
    gaps.between('days_since', 1, 1),
    sectorTotals.notNull('sector'),
    sectorTotals.rowCount(),
    sectorTotals.sum('net_eur'),
    sectorTotals.between('chargeback_share', '0', '0.05'),
    sectorTotals.accepted('sector', [...new Set(sectors)]),
    currencyTotals.unique('currency'),
    currencyTotals.mean('average'),
    currencyTotals.accepted('currency', [...new Set(currencies)]),
    currencyTotals.sum('payments'),
    accounts.unique(account),
    accounts.rowCount(),
    accounts.mean('balance_eur'),
    accounts.notInFuture('last_paid_at'),
  ];
};

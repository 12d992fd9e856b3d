import { rulesOn } from '../rules/rules-on.js';
import type { RuleSketch } from '../rules/sketch.js';
import type { ShopWords } from './shop.js';

export const shopRules = (words: ShopWords): readonly RuleSketch[] => [...onCore(words), ...onMarts(words)];

const onCore = ({ names, market, markets, channel, channels, amount }: ShopWords): readonly RuleSketch[] => {
  const web = rulesOn(names.core('web_orders'));
  const net = rulesOn(names.core('orders_net'));
  const priced = rulesOn(names.core('orders_priced'));
  const customers = rulesOn(names.staged('customers'));
  const refunds = rulesOn(names.staged('refunds'));
  return [
    web.inOrder('ordered_at', 'shipped_at'),
    web.notInFuture('shipped_at'),
    web.holds('opening_hours', 'extract(hour from ordered_at) between 7 and 19'),
    web.rowCount(),
    web.fresh('ordered_at', 24),
    net.unique('order_id'),
    net.notNull(market),
    net.notNull('segment'),
    net.notNull(`net_${amount}`),
    net.accepted(market, [...new Set(markets)]),
    net.accepted(channel, [...new Set(channels), 'store']),
    net.between(amount, '4.99', '160'),
    net.mean(amount),
    net.refersTo('customer_id', names.staged('customers'), 'customer_id'),
    net.sameRows(names.core('orders_unique')),
    net.sameKeys('order_id', names.core('orders_unique')),
    net.fresh('ordered_at', 24),
    net.between('quantity', 1, 5),
    priced.notNull('list_total'),
    priced.mean('list_total'),
    priced.mean('weight_kg'),
    priced.refersTo('product_id', names.staged('products'), 'product_id'),
    customers.unique('customer_id'),
    customers.matches('email', '^[a-z0-9]+@example\\.org$'),
    customers.fresh('delivered_at', 24),
    customers.inOrder('joined_on', 'last_seen_on'),
    customers.accepted('segment', ['retail', 'business', 'public']),
    refunds.refersTo('order_id', names.raw('orders'), 'order_id'),
    refunds.unique('refund_id'),
    refunds.between('refund', 1, 5),
  ];
};

const onMarts = ({ names, market, amount }: ShopWords): readonly RuleSketch[] => {
  const daily = rulesOn(names.mart('daily_sales'));
  const calendar = rulesOn(names.mart('sales_calendar'));
  const customers = rulesOn(names.mart('customers'));
  const products = rulesOn(names.mart('products'));
  const segments = rulesOn(names.mart('segments'));
  return [
    daily.uniqueTogether('on_date', market),
    daily.notNull(market),
    daily.rowCount(),
    daily.between('average_order', 20, 150),
    daily.fresh('on_date', 31),
    daily.mean('orders'),
    daily.sum(`net_${amount}`),
    daily.sameSum(`net_${amount}`, names.core('orders_net'), `net_${amount}`),
    calendar.unique('on_date'),
    calendar.atLeast('orders', 30),
    calendar.mean(`net_${amount}`),
    customers.unique('customer_id'),
    customers.rowCount(),
    customers.matches('email', '^[a-z0-9]+@example\\.org$'),
    customers.mean('lifetime_value'),
    customers.atLeast('orders', 1),
    customers.notInFuture('last_order_at'),
    products.unique('product_id'),
    products.notNull('category'),
    products.rowCount(),
    products.sum('weight_kg'),
    products.sum('pieces'),
    segments.notNull('segment'),
    segments.rowCount(),
    segments.sum(`net_${amount}`),
    segments.accepted('segment', ['retail', 'business', 'public']),
  ];
};

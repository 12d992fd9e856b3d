import type { Source } from '../pipeline/pipeline.js';
import { dimension, facts, given } from './parts.js';
import type { ShopWords } from './shop.js';

const counts = { customers: 120, products: 40, ordersADay: 50 };
const segments = ['retail', 'retail', 'business', 'public'];
export const shopStatuses = ['paid', 'paid', 'paid', 'shipped', 'cancelled', 'test'];

export const shopSources = (words: ShopWords): readonly Source[] => [
  orders(words),
  storeOrders(words),
  refunds(words),
  customers(words),
  products(words),
  prices(words),
  calendar(words),
];

const orders = ({ names, draws, market, markets, channel, channels, redelivers }: ShopWords): Source =>
  facts(
    names.raw('orders'),
    counts.ordersADay,
    'ordered_at',
    [
      given(
        'order_id',
        'key',
        'BIGINT',
        redelivers ? 'CASE WHEN i % 25 = 24 THEN 999 + i ELSE 1000 + i END' : '1000 + i',
      ),
      given('customer_id', 'reference', 'INTEGER', `1 + ${draws.below('customer', counts.customers)}`),
      given('product_id', 'reference', 'INTEGER', `1 + ${draws.below('product', counts.products)}`),
      given(market, 'category', 'VARCHAR', draws.oneOf('market', markets), markets),
      given(channel, 'category', 'VARCHAR', draws.oneOf('channel', channels), channels),
      given('status', 'category', 'VARCHAR', draws.oneOf('status', shopStatuses), shopStatuses),
      given('amount_cents', 'amount', 'INTEGER', `499 + ${draws.below('amount', 15000)}`),
      given('quantity', 'count', 'INTEGER', `1 + ${draws.below('quantity', 5)}`),
      given('ordered_at', 'time', 'TIMESTAMP', draws.at('ordered', 7, 20)),
      given(
        'shipped_at',
        'time',
        'TIMESTAMP',
        `${draws.at('ordered', 7, 20)} + ${draws.below('ship', 90)} * INTERVAL 1 MINUTE + INTERVAL 1 MINUTE`,
      ),
      given('voucher', 'text', 'VARCHAR', `concat(' V-', lpad((i * 7 % 99991)::VARCHAR, 6, '0'), ' ')`),
      given('loaded_at', 'other', 'TIMESTAMP', 'on_day + INTERVAL 26 HOUR + i * INTERVAL 1 MILLISECOND'),
    ],
    [['ordered_at', 'shipped_at']],
  );

const storeOrders = ({ names, draws, market, markets }: ShopWords): Source =>
  facts(names.raw('store_orders'), 20, 'sold_at', [
    given('receipt_id', 'key', 'BIGINT', '5000000 + i'),
    given('customer_id', 'reference', 'INTEGER', `1 + ${draws.below('store customer', counts.customers)}`),
    given('product_id', 'reference', 'INTEGER', `1 + ${draws.below('store product', counts.products)}`),
    given(market, 'category', 'VARCHAR', draws.oneOf('store market', markets), markets),
    given('total', 'amount', 'VARCHAR', `concat(' ', (4.99 + ${draws.below('total', 15000)} / 100.0)::DECIMAL(12, 2))`),
    given('pieces', 'count', 'INTEGER', `1 + ${draws.below('pieces', 5)}`),
    given('sold_at', 'time', 'TIMESTAMP', draws.at('sold', 8, 20)),
  ]);

const refunds = ({ names, draws }: ShopWords): Source =>
  facts(names.raw('refunds'), 6, 'refunded_at', [
    given('refund_id', 'key', 'BIGINT', '700000 + i'),
    given('order_id', 'reference', 'BIGINT', `1000 + d * ${counts.ordersADay} + ${draws.below('refunded', 24)}`),
    given('refund_cents', 'amount', 'INTEGER', `100 + ${draws.below('refund', 390)}`),
    given('reason', 'category', 'VARCHAR', draws.oneOf('reason', ['broken', 'late', 'other']), [
      'broken',
      'late',
      'other',
    ]),
    given('refunded_at', 'time', 'TIMESTAMP', draws.at('refund', 21, 23)),
  ]);

const customers = ({ names, draws, market, markets }: ShopWords): Source =>
  dimension(
    names.raw('customers'),
    counts.customers,
    [
      given('customer_id', 'key', 'INTEGER', '1 + i'),
      given('segment', 'category', 'VARCHAR', draws.oneOf('segment', segments), segments),
      given(`home_${market}`, 'category', 'VARCHAR', draws.oneOf('home', markets), markets),
      given('email', 'text', 'VARCHAR', `concat('Customer', 1 + i, '@Example.org ')`),
      given('joined_on', 'day', 'DATE', `DATE '2021-01-01' + ${draws.below('joined', 1000)}`),
      given('last_seen_on', 'day', 'DATE', `DATE '2024-01-01' + ${draws.below('seen', 300)}`),
      given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 3 HOUR'),
    ],
    [['joined_on', 'last_seen_on']],
  );

const categories = ['toys', 'books', 'garden', 'music'];

const products = ({ names, draws }: ShopWords): Source =>
  dimension(names.raw('products'), counts.products, [
    given('product_id', 'key', 'INTEGER', '1 + i'),
    given('category', 'category', 'VARCHAR', draws.oneOf('category', categories), categories),
    given('weight_g', 'amount', 'INTEGER', `150 + ${draws.below('weight', 4800)}`),
    given('sku', 'text', 'VARCHAR', `concat('SKU-', lpad((1 + i)::VARCHAR, 5, '0'))`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 3 HOUR'),
  ]);

const prices = ({ names, draws, market, markets }: ShopWords): Source => {
  const places = [...new Set(markets)];
  const list = `[${places.map((place) => `'${place}'`).join(', ')}]`;
  return dimension(names.raw('prices'), counts.products * places.length, [
    given('price_id', 'key', 'INTEGER', '1 + i'),
    given('product_id', 'reference', 'INTEGER', `1 + i // ${places.length}`),
    given(market, 'category', 'VARCHAR', `${list}[1 + i % ${places.length}]`, places),
    given('price_cents', 'amount', 'INTEGER', `900 + ${draws.below('price', 7000)}`),
    given('delivered_at', 'other', 'TIMESTAMP', 'today + INTERVAL 3 HOUR'),
  ]);
};

const calendar = ({ names }: ShopWords): Source =>
  facts(names.raw('calendar'), 1, 'on_date', [
    given('on_date', 'key', 'DATE', 'on_day'),
    given('is_weekend', 'other', 'BOOLEAN', 'dayofweek(on_day) IN (0, 6)'),
  ]);

import type { OutputColumn, Step } from '../pipeline/pipeline.js';
import { join, made, select, step } from './parts.js';
import type { ShopWords } from './shop.js';

export const shopSteps = (words: ShopWords): readonly Step[] => [
  ...staged(words),
  loadedOrders(words),
  allOrders(words),
  uniqueOrders(words),
  pricedOrders(words),
  refundsByOrder(words),
  netOrders(words),
  customerOrders(words),
  ...marts(words),
];

const staged = (words: ShopWords): readonly Step[] => {
  const { names, market, markets, channel, channels, amount } = words;
  const place = made(market, 'category', `o.${market}`, markets);
  return [
    step(
      names.staged('orders'),
      'staging',
      select(
        [names.raw('orders'), 'o'],
        [
          made('order_id', 'key', 'o.order_id'),
          ...[
            made('customer_id', 'reference', 'o.customer_id'),
            made('product_id', 'reference', 'o.product_id'),
            place,
          ],
          made(channel, 'category', `lower(o.${channel})`, channels),
          made('status', 'category', 'o.status', ['paid', 'shipped', 'cancelled']),
          made(amount, 'amount', 'CAST(o.amount_cents / 100.0 AS DECIMAL(12, 2))'),
          made('quantity', 'count', 'o.quantity'),
          made('ordered_at', 'time', 'o.ordered_at'),
          made('shipped_at', 'time', 'o.shipped_at'),
          made('voucher', 'text', 'trim(o.voucher)'),
          made('loaded_at', 'other', 'o.loaded_at'),
        ],
        { where: [`o.status <> 'test'`] },
      ),
      { swappable: [['ordered_at', 'shipped_at']] },
    ),
    step(
      names.staged('store_orders'),
      'staging',
      select(
        [names.raw('store_orders'), 'o'],
        [
          made('order_id', 'key', 'o.receipt_id'),
          ...[
            made('customer_id', 'reference', 'o.customer_id'),
            made('product_id', 'reference', 'o.product_id'),
            place,
          ],
          made(amount, 'amount', 'CAST(trim(o.total) AS DECIMAL(12, 2))'),
          made('quantity', 'count', 'o.pieces'),
          made('sold_at', 'time', 'o.sold_at'),
        ],
      ),
      { form: words.view },
    ),
    step(
      names.staged('refunds'),
      'staging',
      select(
        [names.raw('refunds'), 'r'],
        [
          ...[made('refund_id', 'key', 'r.refund_id'), made('order_id', 'reference', 'r.order_id')],
          made('refund', 'amount', 'CAST(r.refund_cents / 100.0 AS DECIMAL(12, 2))'),
          made('reason', 'category', 'r.reason', ['broken', 'late', 'other']),
          made('refunded_at', 'time', 'r.refunded_at'),
        ],
      ),
    ),
    step(
      names.staged('customers'),
      'staging',
      select(
        [names.raw('customers'), 'c'],
        [
          ...[
            made('customer_id', 'key', 'c.customer_id'),
            made('segment', 'category', 'c.segment', ['retail', 'business', 'public']),
          ],
          made(`home_${market}`, 'category', `c.home_${market}`, markets),
          made('email', 'text', 'lower(trim(c.email))'),
          ...[made('joined_on', 'day', 'c.joined_on'), made('last_seen_on', 'day', 'c.last_seen_on')],
          made('delivered_at', 'other', 'c.delivered_at'),
        ],
      ),
      { swappable: [['joined_on', 'last_seen_on']] },
    ),
    step(
      names.staged('products'),
      'staging',
      select(
        [names.raw('products'), 'p'],
        [
          ...[
            made('product_id', 'key', 'p.product_id'),
            made('category', 'category', 'p.category', ['toys', 'books', 'garden', 'music']),
          ],
          made('weight_kg', 'amount', 'CAST(p.weight_g / 1000.0 AS DECIMAL(12, 3))'),
          ...[made('sku', 'text', 'p.sku'), made('delivered_at', 'other', 'p.delivered_at')],
        ],
      ),
      { form: words.view },
    ),
    step(
      names.staged('prices'),
      'staging',
      select(
        [names.raw('prices'), 'p'],
        [
          made('product_id', 'reference', 'p.product_id'),
          made(market, 'category', `p.${market}`, markets),
          made('list_price', 'amount', 'CAST(p.price_cents / 100.0 AS DECIMAL(12, 2))'),
        ],
      ),
    ),
  ];
};

const orderColumns = (
  { market, markets, channel, channels, amount }: ShopWords,
  alias: string,
): readonly OutputColumn[] => [
  made('order_id', 'key', `${alias}.order_id`),
  made('customer_id', 'reference', `${alias}.customer_id`),
  made('product_id', 'reference', `${alias}.product_id`),
  made(market, 'category', `${alias}.${market}`, markets),
  made(channel, 'category', `${alias}.${channel}`, channels),
  made(amount, 'amount', `${alias}.${amount}`),
  made('quantity', 'count', `${alias}.quantity`),
  made('ordered_at', 'time', `${alias}.ordered_at`),
];

const loadedOrders = (words: ShopWords): Step =>
  step(
    words.names.core('web_orders'),
    'incremental',
    select(
      [words.names.staged('orders'), 'o'],
      [
        ...orderColumns(words, 'o'),
        made('shipped_at', 'time', 'o.shipped_at'),
        made('loaded_at', 'other', 'o.loaded_at'),
      ],
      { where: [`o.status <> 'cancelled'`] },
    ),
    { form: 'daily', day: 'CAST(o.ordered_at AS DATE)', swappable: [['ordered_at', 'shipped_at']] },
  );

const allOrders = (words: ShopWords): Step => {
  const { names, channel } = words;
  const inStore = orderColumns(words, 's').map((column) => {
    if (column.name === channel) return { ...column, sql: `'store'` };
    return column.name === 'ordered_at' ? { ...column, sql: 's.sold_at' } : column;
  });
  return step(
    names.core('orders'),
    'intermediate',
    [
      select([names.core('web_orders'), 'w'], [...orderColumns(words, 'w'), made('loaded_at', 'other', 'w.loaded_at')]),
      select(
        [names.staged('store_orders'), 's'],
        [...inStore, made('loaded_at', 'other', 's.sold_at + INTERVAL 1 DAY')],
      ),
    ],
    { form: words.view },
  );
};

const uniqueOrders = (words: ShopWords): Step =>
  step(
    words.names.core('orders_unique'),
    'intermediate',
    select([words.names.core('orders'), 'o'], orderColumns(words, 'o'), {
      latest: words.redelivers ? { key: 'o.order_id', order: 'o.loaded_at DESC' } : null,
    }),
  );

const pricedOrders = (words: ShopWords): Step => {
  const { names, market } = words;
  return step(
    names.core('orders_priced'),
    'intermediate',
    select(
      [names.core('orders_unique'), 'o'],
      [
        ...orderColumns(words, 'o'),
        made('category', 'category', 'p.category', ['toys', 'books', 'garden', 'music']),
        made('weight_kg', 'amount', 'p.weight_kg * o.quantity'),
        made('list_total', 'amount', 'l.list_price * o.quantity'),
      ],
      {
        joins: [
          join('JOIN', [names.staged('products'), 'p'], [['o.product_id', 'p.product_id']], 'o.customer_id'),
          join(
            'LEFT JOIN',
            [names.staged('prices'), 'l'],
            [
              ['o.product_id', 'l.product_id'],
              [`o.${market}`, `l.${market}`],
            ],
            'o.quantity',
          ),
        ],
      },
    ),
  );
};

const refundsByOrder = ({ names }: ShopWords): Step =>
  step(
    names.core('refunds_by_order'),
    'intermediate',
    select(
      [names.staged('refunds'), 'r'],
      [
        made('order_id', 'key', 'r.order_id'),
        made('refund', 'amount', 'sum(r.refund)'),
        made('refunds', 'count', 'count(*)'),
      ],
      { groupBy: ['r.order_id'] },
    ),
  );

const netOrders = (words: ShopWords): Step => {
  const { names, amount } = words;
  return step(
    names.core('orders_net'),
    'intermediate',
    select(
      [names.core('orders_priced'), 'o'],
      [
        ...orderColumns(words, 'o'),
        made('category', 'category', 'o.category', ['toys', 'books', 'garden', 'music']),
        ...[made('weight_kg', 'amount', 'o.weight_kg'), made('list_total', 'amount', 'o.list_total')],
        made('refunded', 'amount', 'COALESCE(r.refund, 0)'),
        made(`net_${amount}`, 'amount', `o.${amount} - COALESCE(r.refund, 0)`),
        made('segment', 'category', 'c.segment', ['retail', 'business', 'public']),
      ],
      {
        joins: [
          join('LEFT JOIN', [names.core('refunds_by_order'), 'r'], [['o.order_id', 'r.order_id']], 'o.customer_id'),
          join(
            'LEFT JOIN',
            [names.staged('customers'), 'c'],
            [['o.customer_id', 'c.customer_id']],
            'o.product_id + 100',
          ),
        ],
      },
    ),
  );
};

const customerOrders = (words: ShopWords): Step =>
  step(
    words.names.core('customer_orders'),
    'intermediate',
    select(
      [words.names.core('orders_net'), 'o'],
      [
        ...orderColumns(words, 'o'),
        made(
          'running_total',
          'amount',
          `sum(o.net_${words.amount}) OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.order_id)`,
        ),
        made(
          'order_number',
          'count',
          'row_number() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.order_id)',
        ),
      ],
    ),
    { form: words.view },
  );

const marts = (words: ShopWords): readonly Step[] => {
  const { names, market, markets, amount } = words;
  const sums = [
    made('orders', 'count', 'count(*)'),
    made(`net_${amount}`, 'amount', `sum(o.net_${amount})`),
    made('pieces', 'count', 'sum(o.quantity)'),
  ];
  const net = names.core('orders_net');
  return [
    step(
      names.mart('daily_sales'),
      'mart',
      select(
        [net, 'o'],
        [
          ...[made('on_date', 'day', 'CAST(o.ordered_at AS DATE)'), made(market, 'category', `o.${market}`, markets)],
          ...[
            ...sums,
            made('average_order', 'amount', `avg(o.net_${amount})`),
            made('list_total', 'amount', 'sum(o.list_total)'),
          ],
        ],
        { groupBy: ['CAST(o.ordered_at AS DATE)', `o.${market}`] },
      ),
    ),
    step(
      names.mart('sales_calendar'),
      'mart',
      select(
        [names.raw('calendar'), 'd'],
        [
          made('on_date', 'day', 'd.on_date'),
          made('orders', 'count', 'COALESCE(sum(s.orders), 0)'),
          made(`net_${amount}`, 'amount', `COALESCE(sum(s.net_${amount}), 0)`),
        ],
        {
          joins: [join('LEFT JOIN', [names.mart('daily_sales'), 's'], [['d.on_date', 's.on_date']])],
          groupBy: ['d.on_date'],
        },
      ),
    ),
    step(
      names.mart('customers'),
      'mart',
      select(
        [names.staged('customers'), 'c'],
        [
          made('customer_id', 'key', 'c.customer_id'),
          made('segment', 'category', 'c.segment', ['retail', 'business', 'public']),
          ...[made('email', 'text', 'c.email'), made('joined_on', 'day', 'c.joined_on')],
          made('orders', 'count', 'count(o.order_id)'),
          made('lifetime_value', 'amount', 'COALESCE(max(o.running_total), 0)'),
          made('last_order_at', 'time', 'max(o.ordered_at)'),
        ],
        {
          joins: [join('LEFT JOIN', [names.core('customer_orders'), 'o'], [['c.customer_id', 'o.customer_id']])],
          groupBy: ['c.customer_id', 'c.segment', 'c.email', 'c.joined_on'],
        },
      ),
    ),
    step(
      names.mart('products'),
      'mart',
      select(
        [net, 'o'],
        [
          made('product_id', 'key', 'o.product_id'),
          made('category', 'category', 'o.category'),
          ...sums,
          made('weight_kg', 'amount', 'sum(o.weight_kg)'),
        ],
        {
          groupBy: ['o.product_id', 'o.category'],
        },
      ),
    ),
    step(
      names.mart('segments'),
      'mart',
      select(
        [net, 'o'],
        [made('segment', 'category', 'o.segment'), ...sums, made('refunded', 'amount', 'sum(o.refunded)')],
        { groupBy: ['o.segment'] },
      ),
    ),
  ];
};

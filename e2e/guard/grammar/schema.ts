import type { Features } from './features.js';

export type ValueType = 'number' | 'text' | 'date' | 'truth';

export interface Column {
  /** As it is written, in quotes where it needs them. */
  readonly name: string;
  readonly type: ValueType;
}

/** What FROM can read, by the name that it has there. */
export interface Relation {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** The tables that may be read, each as it may be written. */
export const tablesFor = ({ quote }: Features): readonly Relation[] => {
  const quoted = (name: string): string => `${quote}${name}${quote}`;
  const orders: readonly Column[] = [
    { name: 'id', type: 'number' },
    { name: 'customer_id', type: 'number' },
    { name: 'amount', type: 'number' },
    { name: 'status', type: 'text' },
    { name: quoted('note'), type: 'text' },
    { name: 'created', type: 'date' },
    { name: 'paid', type: 'truth' },
  ];
  const customers: readonly Column[] = [
    { name: 'id', type: 'number' },
    { name: quoted('name'), type: 'text' },
    { name: 'country', type: 'text' },
    { name: 'born', type: 'date' },
    { name: 'vip', type: 'truth' },
  ];
  const lines: readonly Column[] = [
    { name: quoted('order id'), type: 'number' },
    { name: 'qty', type: 'number' },
    { name: quoted('größe'), type: 'text' },
  ];
  return [
    { name: 'orders', columns: orders },
    { name: quoted('orders'), columns: orders },
    { name: 'crm.customers', columns: customers },
    { name: `crm . ${quoted('customers')}`, columns: customers },
    { name: quoted('line items'), columns: lines },
  ];
};

/** The same tables as a scope names them. */
export const scope = { tables: [['orders'], ['crm', 'customers'], ['line items']], rowLimit: 500 };

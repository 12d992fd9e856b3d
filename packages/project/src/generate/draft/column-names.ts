/** `orderId`, `Order ID` and `ORDER_ID` as `order_id`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();

const keyWords = 'id|uid|key|code|no|nr|num|number|uuid|guid|sku|isbn|ean|iata|icao|ref|reference|hash';
const keyName = new RegExp(`(^|_)(${keyWords})$`);

/** Whether a column is called as keys are. */
export const isKeyName = (name: string): boolean => keyName.test(snakeCase(name));

const foreignName = /^(.+?)_(id|key|code|no|nr|number|uuid|guid)$/;

/** The thing that a column refers to by its name: `customer` for `customer_id`. */
export const referredThing = (name: string): { readonly thing: string; readonly key: string } | undefined => {
  const [, thing, key] = foreignName.exec(snakeCase(name)) ?? [];
  return thing === undefined || key === undefined ? undefined : { thing, key };
};

/** `customer` as tables may be called: itself and its plurals. */
export const tableNamesFor = (thing: string): readonly string[] => [
  `${thing}s`,
  thing,
  ...(/(s|x|z|ch|sh)$/.test(thing) ? [`${thing}es`] : []),
  ...(/[^aeiou]y$/.test(thing) ? [`${thing.slice(0, -1)}ies`] : []),
];

export { labelled } from './label.js';
export type { CatalogueColumn, Relation } from './relations.js';
export { chooseRelation, groupByRelation } from './relations.js';
export { rowOf, uniqueNames } from './rows.js';
export { Slots } from './slots.js';

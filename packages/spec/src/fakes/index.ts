export { FakeLanguageModel } from './fake-language-model.js';
export type { FakeWarehouseOptions } from './fake-warehouse.js';
export { FakeWarehouse } from './fake-warehouse.js';

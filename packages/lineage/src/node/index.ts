export { type OpenedLineage, type OpenLineageOptions, openLineage } from './open-lineage.js';
export { type SendOptions, sendEvents } from './send-events.js';
export { shownUrl } from './source-url.js';

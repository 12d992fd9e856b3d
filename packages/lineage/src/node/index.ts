export { type OpenedLineage, type OpenLineageOptions, openLineage } from './open-lineage.js';

import { describe } from 'vitest';
import { describeChain } from './chain-kit.js';
import { describeCheckpoints } from './checkpoints-kit.js';
import type { CreateStore } from './fresh-store.js';
import { describeHistory } from './history-kit.js';
import { describeOperations } from './operations-kit.js';
import { describeRecords } from './records-kit.js';
import { describeRuns } from './runs-kit.js';
import { describeSearch } from './search-kit.js';

/** What every audit store does, wherever it keeps its rows. */
export const describeAuditStore = (name: string, create: CreateStore) =>
  describe(name, () => {
    describeRuns(create);
    describeRecords(create);
    describeSearch(create);
    describeHistory(create);
    describeCheckpoints(create);
    describeOperations(create);
    describeChain(create);
  });

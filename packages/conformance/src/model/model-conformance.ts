import { describe, it } from 'vitest';
import { type LawGroup, reasonToSkip } from './law.js';
import { lawGroups } from './law-groups.js';
import type { ModelKit } from './model-kit.js';
import { realService } from './real-service.js';
import { Stage } from './stage.js';

/**
 * Registers the suites that every model adapter has to pass: against a server that speaks the vendor's protocol, and,
 * where credentials are set, against the vendor. Call it once, at the top level of a vitest file. Skips come from what
 * the kit declares that the protocol lacks.
 */
export const modelConformance = (kit: ModelKit): void => {
  describe(`${kit.name} conforms to language-model/v1`, () => {
    for (const group of lawGroups) registerGroup(kit, group);
    realService(kit);
  });
};

const registerGroup = (kit: ModelKit, { subject, laws }: LawGroup): void => {
  describe(subject, () => {
    for (const law of laws) {
      it(law.sentence, async (context) => {
        const reason = reasonToSkip(law, kit);
        if (reason !== undefined) context.skip(reason);
        await Stage.during(kit, (stage) => law.check(stage));
      });
    }
  });
};

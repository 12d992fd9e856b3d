import type { TableProfile } from '../profile/table-profile.js';
import { completenessDrafts } from './completeness.js';
import type { Draft, DraftContext } from './draft.js';
import { formatDrafts } from './formats.js';
import { keyDrafts } from './keys.js';
import { numberDrafts } from './numbers.js';
import { type References, referenceDrafts } from './references.js';
import { timeDrafts } from './times.js';
import { valueDrafts } from './values.js';
import { volumeDrafts } from './volume.js';

/** What the measured facts alone say, without what is covered by a rule already. */
export const draftFromProfile = async (
  profile: TableProfile,
  references: References,
  context: DraftContext,
): Promise<readonly Draft[]> => {
  const drafts = [
    ...keyDrafts(profile),
    ...(await referenceDrafts(profile, references)),
    ...completenessDrafts(profile, context),
    ...valueDrafts(profile, context),
    ...formatDrafts(profile),
    ...timeDrafts(profile, context),
    ...volumeDrafts(profile),
    ...numberDrafts(profile, context),
  ];
  return drafts.filter(({ type, logic }) => !context.isCovered(type, columnsOf(logic)));
};

const columnsOf = ({ column, columns }: Draft['logic']): readonly string[] =>
  [column ?? columns ?? []].flat().map(String);

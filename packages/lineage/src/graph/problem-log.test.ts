import { expect, it } from 'vitest';
import { ProblemLog } from './problem-log.js';

it('keeps each thing once, and problems however many notes there are', () => {
  const log = new ProblemLog();
  for (let index = 0; index < 1500; index++) log.note('a', `note ${index}`);
  for (const message of ['lost', 'lost']) log.problem('b', message);
  const all = log.all();
  expect(all.filter(({ isNote }) => !isNote)).toEqual([{ place: 'b', message: 'lost' }]);
  expect(all.at(-1)).toEqual({ place: 'lineage', message: '500 more notes like these', isNote: true });
  expect(all).toHaveLength(1002);
});

it('counts problems that are too many', () => {
  const log = new ProblemLog();
  for (let index = 0; index < 1002; index++) log.problem('a', `problem ${index}`);
  expect(log.all().at(-1)).toEqual({ place: 'lineage', message: '2 more problems like these' });
});

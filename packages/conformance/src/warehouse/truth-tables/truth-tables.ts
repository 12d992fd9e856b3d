import { ruleTypes } from '@aegis/rules';
import { describe, it } from 'vitest';
import type { Stage } from '../stage.js';
import { expectCase } from './expect-case.js';
import { runCase } from './run-case.js';
import { stagedCases } from './type-case.js';

/** Every rule type means the same on every warehouse. */
export const truthTables = (stage: Stage): void => {
  describe.each(ruleTypes.map(({ name }) => name))('%s', (name) => {
    it.each(
      stagedCases.filter(({ type }) => type.name === name).map((staged) => ({ title: staged.case.title, staged })),
    )('$title', async ({ staged }) => {
      expectCase(await runCase(staged, stage), staged.case.expect);
    });
  });
};

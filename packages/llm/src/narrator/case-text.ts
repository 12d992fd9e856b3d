import { fence } from '../prompting/fence.js';
import { type Fact, type Section, sections } from './fact.js';

/** The facts as the model reads them: grouped, each group fenced as data. */
export const caseText = (facts: readonly Fact[]): string =>
  Object.keys(sections)
    .flatMap((section) => sectionText(section as Section, facts))
    .join('\n\n');

const sectionText = (section: Section, facts: readonly Fact[]): readonly string[] => {
  const own = facts.filter((fact) => fact.section === section);
  if (own.length === 0) return [];
  return [fence(sections[section], own.map(lineOf).join('\n'))];
};

/** Further lines are indented: only ours begin with an id. */
const lineOf = ({ evidence, text }: Fact): string => `[${evidence.id}] ${text.replaceAll(/\r\n?|\n/g, '\n    ')}`;

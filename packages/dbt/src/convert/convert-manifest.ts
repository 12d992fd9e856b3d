import { refused, toConversion } from '@aegis/rules/conversion';
import type { ManifestNode } from '../manifest/node-schema.js';
import type { Manifest } from '../manifest/read-manifest.js';
import type { DbtConversion, DbtDrafted } from './conversion.js';
import { convertContract } from './convert-contract.js';
import { convertFreshness } from './convert-freshness.js';
import { checkOf, convertTest } from './convert-test.js';

/** Every check of a manifest as a rule, or with the reason why not. The same manifest gives the same rules on every machine. */
export const convertManifest = (manifest: Manifest): DbtConversion => {
  const relations = [...manifest.relations.values()];
  const drafted: readonly DbtDrafted[] = [
    ...manifest.tests.map((test) => convertTest(test, manifest)),
    ...relations.filter(isSource).flatMap((source) => convertFreshness(source, manifest)),
    ...relations.filter((node) => !isSource(node)).flatMap((model) => convertContract(model, manifest)),
    ...[...manifest.disabled.values()]
      .filter(isTest)
      .map((test) => refused(absent(test.unique_id, checkOf(test)), 'it is disabled')),
    ...manifest.unitTests.map((id) =>
      refused(absent(id, 'unit test'), 'unit tests are about SQL and made-up rows, not about data'),
    ),
    ...manifest.unreadable.map((id) => refused(absent(id, 'unreadable'), 'it is no node in a form known here')),
  ];
  const notes = [...manifest.notes, ...storedFailures(manifest), ...comparedTypes(relations)];
  return toConversion(drafted, notes, ({ unit, limit }) => ({ unit, limit }));
};

const isSource = ({ resource_type: type }: ManifestNode): boolean => type === 'source';
const isTest = ({ resource_type: type }: ManifestNode): boolean => type === 'test';

const absent = (source: string, check: string) => ({ source, check });

const storedFailures = ({ tests }: Manifest): readonly string[] => {
  const count = tests.filter(({ config }) => config.store_failures === true).length;
  if (count === 0) return [];
  return [
    `store_failures of ${count} test${count === 1 ? '' : 's'} has no counterpart: Aegis keeps a bounded sample of failing rows in its report.`,
  ];
};

const comparedTypes = (relations: readonly ManifestNode[]): readonly string[] => {
  const models = relations.filter(({ config, contract }) => (config.contract ?? contract)?.enforced === true);
  const typed = models
    .flatMap(({ columns }) => Object.values(columns))
    .filter((column) => column.data_type !== undefined);
  if (typed.length === 0) return [];
  return [
    `Types of ${typed.length} column${typed.length === 1 ? '' : 's'} in contracts are not compared: only that the columns exist.`,
  ];
};

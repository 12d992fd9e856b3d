import { allOf, faultOf, isTemplate, plainColumn, readsMore, refused } from '@aegis/rules/conversion';
import type { ManifestNode } from '../manifest/node-schema.js';
import type { Manifest } from '../manifest/read-manifest.js';
import { referredRelation, relation, testedRelation } from '../manifest/references.js';
import { tableOf } from '../manifest/table-of.js';
import { coreTests } from '../meanings/core-tests.js';
import { dbtExpectationsTests } from '../meanings/dbtexpectations-tests.js';
import { dbtUtilsTests } from '../meanings/dbtutils-tests.js';
import {
  onlyQuery,
  type ReferredTable,
  type SameRule,
  type TestCase,
  type TestMeaning,
  type TestMeanings,
} from '../meanings/test-meaning.js';
import { compiledSql, failCalc, queryLogic } from './compiled-query.js';
import type { DbtDraft, DbtDrafted } from './conversion.js';
import { ownerOf } from './owner-of.js';
import { failureHandling, thresholdsOf } from './thresholds.js';

/** The rule of a test on data, or why there is none. */
export const convertTest = (test: ManifestNode, manifest: Manifest): DbtDrafted => {
  if (test.config.enabled === false) return refused(named(test), 'it is disabled');
  const target = test.test_metadata ? testedTable(test, manifest) : firstTable(test, manifest);
  if (target.kind === 'refused') return target;
  const meaning = test.test_metadata ? meaningOf(test, target, manifest) : onlyQuery('it is a query of its own');
  if (meaning.kind === 'impossible') return refused(named(test), meaning.reason);
  if (meaning.kind === 'query') return asQuery(test, target, meaning.reason, manifest);
  const draft = asRule(test, target, meaning, manifest);
  const fault = draft.kind === 'query' ? draft.reason : faultOf(draft);
  return draft.kind === 'draft' && fault === undefined ? draft : asQuery(test, target, fault ?? '', manifest);
};

interface Target {
  readonly kind: 'target';
  readonly node: ManifestNode;
  readonly table: string;
}

const testedTable = (test: ManifestNode, manifest: Manifest) => {
  const found = testedRelation(test, manifest);
  return found.kind === 'missing' ? refused(named(test), found.reason) : physical(test, found.node);
};

const physical = (test: ManifestNode, node: ManifestNode) => {
  if (isEphemeral(node)) return refused(named(test), `${node.name} is ephemeral: there is no table to look at`);
  const table = tableOf(node);
  if (table === undefined)
    return refused(named(test), `${node.name} is no table: dbt reads it as ${node.relation_name}`);
  return { kind: 'target', node, table } satisfies Target;
};

const isEphemeral = ({ config }: ManifestNode): boolean => config.materialized?.toLowerCase() === 'ephemeral';

/** A query of its own is about the first table that it reads. */
const firstTable = (test: ManifestNode, manifest: Manifest) => {
  const read = test.depends_on.nodes.map((id) => relation(id, manifest));
  const absent = read.find((found) => found.kind === 'missing');
  if (absent) return refused(named(test), absent.reason);
  const nodes = read.flatMap((found) => (found.kind === 'node' ? [found.node] : []));
  const node = nodes.find((each) => !isEphemeral(each)) ?? nodes[0];
  return node ? physical(test, node) : refused(named(test), 'it reads no table of the project');
};

/** How dbt calls the test: `not_null`, `dbt_utils.accepted_range`, `singular`. */
export const checkOf = ({ test_metadata: metadata }: ManifestNode): string => {
  if (!metadata) return 'singular';
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}.${metadata.name}`;
};

const named = (test: ManifestNode) => ({ source: test.unique_id, check: checkOf(test) });

const packages: { readonly [namespace: string]: TestMeanings } = {
  '': coreTests,
  dbt: coreTests,
  dbt_utils: dbtUtilsTests,
  dbt_expectations: dbtExpectationsTests,
};

const meaningOf = (test: ManifestNode, { node }: Target, manifest: Manifest): TestMeaning => {
  const { name = '', namespace = '', kwargs = {} } = test.test_metadata ?? {};
  const known = packages[namespace];
  const meaning = known && Object.hasOwn(known, name) ? known[name] : undefined;
  if (meaning === undefined) return onlyQuery('no rule type is known to mean the same');
  const foreign = foreignMacro(test, name, namespace);
  if (foreign !== undefined) return onlyQuery(`the project replaces it by ${foreign}`);
  return meaning(testCase(test, { ...nested(kwargs), ...kwargs }, node, manifest));
};

/** Since dbt 1.10 params may stand below `arguments`. */
const nested = ({ arguments: inner }: { readonly [name: string]: unknown }): object =>
  typeof inner === 'object' && inner !== null ? inner : {};

/** A macro of the same name, or of the `where` around it, that is not the one known here. */
const foreignMacro = ({ depends_on: { macros } }: ManifestNode, name: string, namespace: string): string | undefined =>
  macros.find((macro) => {
    const [, packageName = '', ...rest] = macro.split('.');
    if (rest.join('.').endsWith('get_where_subquery')) return packageName !== 'dbt' && !packageName.startsWith('dbt_');
    return rest.join('.') === `test_${name}` && packageName !== (namespace === '' ? 'dbt' : namespace);
  });

const testCase = (
  test: ManifestNode,
  params: { readonly [name: string]: unknown },
  node: ManifestNode,
  manifest: Manifest,
): TestCase => {
  const written = typeof params.column_name === 'string' ? params.column_name : test.column_name;
  const known = Object.keys(node.columns);
  return {
    params,
    column: written === undefined ? undefined : plainColumn(written, known),
    columnSql: written,
    plain: (text) => (typeof text === 'string' ? plainColumn(text) : undefined),
    table: (text) => referredTable(text, test, manifest),
  };
};

const referredTable = (text: unknown, test: ManifestNode, manifest: Manifest): ReferredTable => {
  const found = referredRelation(text, test, manifest);
  if (found.kind === 'missing') return { kind: 'impossible', reason: found.reason };
  const target = physical(test, found.node);
  return target.kind === 'refused'
    ? { kind: 'impossible', reason: target.reason }
    : { kind: 'table', name: target.table };
};

/** The rule, or why only the query will do. */
const asRule = (test: ManifestNode, target: Target, meaning: SameRule, manifest: Manifest) => {
  const where = allOf([test.config.where, meaning.where]);
  const sql = [where, meaning.logic.expression].filter((each) => typeof each === 'string');
  if (sql.some(isTemplate)) return onlyQuery('a condition is filled in by dbt');
  if (sql.some(readsMore)) return onlyQuery('a condition reads more than one row');
  if (failCalc(test) !== (meaning.failCalc ?? 'count(*)')) return onlyQuery('it has a fail_calc');
  const thresholds = thresholdsOf(failureHandling(test.config), meaning.unit);
  if (thresholds === undefined) return onlyQuery('its severity or thresholds have no words in the rule type');
  return draftOf(test, target, manifest, {
    unit: meaning.unit,
    scope: { table: target.table, where },
    logic: { type: meaning.type, ...meaning.logic, ...thresholds },
  });
};

const asQuery = (test: ManifestNode, target: Target, reason: string, manifest: Manifest): DbtDrafted => {
  const sql = compiledSql(test);
  if (sql === undefined)
    return refused(
      named(test),
      `${reason}, and its compiled SQL is not in the manifest`,
      'Run `dbt compile` and try again.',
    );
  const { logic, unit } = queryLogic(test, sql);
  const draft = draftOf(test, target, manifest, {
    unit,
    asQuery: reason,
    scope: { table: target.table },
    logic: { type: 'custom_sql', ...logic },
  });
  const fault = faultOf(draft);
  return fault === undefined ? draft : refused(named(test), fault);
};

type Judged = Pick<DbtDraft, 'unit' | 'scope' | 'logic' | 'asQuery'>;

const draftOf = (test: ManifestNode, { node }: Target, manifest: Manifest, judged: Judged): DbtDraft => {
  const column = test.column_name === undefined ? undefined : plainColumn(test.column_name);
  return {
    kind: 'draft',
    ...named(test),
    name: nameOf(test, manifest),
    limit: test.config.limit,
    severity: failureHandling(test.config).severity === 'warn' ? 'low' : 'high',
    owner: ownerOf([test, node], column, manifest),
    description:
      test.description?.trim() ||
      `dbt test ${checkOf(test)} on ${[node.name, column].filter((part) => part !== undefined).join('.')}.`,
    tags: ['dbt', ...test.tags, ...test.config.tags],
    ...judged,
  };
};

/** Tests of other packages carry the package in front, so that they never take the name of one's own. */
const nameOf = ({ name, package_name: packageName }: ManifestNode, { projectName }: Manifest): string =>
  packageName === undefined || packageName === projectName ? name : `${packageName}.${name}`;

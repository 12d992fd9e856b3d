import type { DatasetName } from '../../names/dataset-name.js';
import type { ImportTarget } from '../import-target.js';
import { columnInputs } from '../openlineage/facets.js';
import { type JsonRecord, listOf, recordOf, textOf } from '../reading.js';
import { columnSource } from './import-marquez.js';

/**
 * Columns as Marquez tells them, at a dataset (`{ name, inputFields }`) or as nodes of its column lineage
 * (`{ namespace, dataset, field, inputFields }`). It does not say which job moves them: that is what writes the dataset.
 */
export const importColumns = (target: ImportTarget, fields: readonly JsonRecord[], place: string): void => {
  for (const field of fields) {
    const output = isName(field.output) ? field.output : columnSource(field);
    const column = textOf(field.output === undefined ? field.field : field.name);
    const isWhole = listOf(field.inputFields).every((input) => isColumn(recordOf(input)));
    if (output && column !== undefined) importColumn(target, output, column, field);
    if (!output || column === undefined || !isWhole)
      target.builder.problems.problem(place, 'a column has no dataset or no name');
  }
};

const isColumn = (input: JsonRecord): boolean => columnSource(input) !== undefined && textOf(input.field) !== undefined;

const isName = (value: unknown): value is DatasetName =>
  typeof value === 'object' && value !== null && 'parts' in value;

const importColumn = (
  { builder, source }: ImportTarget,
  output: DatasetName,
  column: string,
  field: JsonRecord,
): void => {
  const to = builder.dataset(output, source);
  for (const input of listOf(field.inputFields)) {
    const record = recordOf(input);
    const from = columnSource(record);
    if (!from) continue;
    const named = { ...record, namespace: from.namespace, name: from.name };
    for (const each of columnInputs(named, column, field)) {
      const start = builder.dataset(each.from, source);
      const operation = builder.operation({
        ...{ namespace: output.namespace, name: `columns of ${output.name}`, kind: 'job', origin: 'marquez' },
        ...{ inputs: [start], outputs: [to] },
      });
      builder.columnEdge({
        ...{ from: { dataset: start, column: each.field }, to: { dataset: to, column } },
        ...{ type: each.type, subtype: each.subtype, expression: each.description, operation },
      });
    }
  }
};

import type { JsonObject, ModelTool } from '@aegis/spec';

export const orderTools: readonly ModelTool[] = [
  {
    name: 'count_rows',
    description: 'Counts the rows of a table.',
    parameters: {
      type: 'object',
      properties: { table: { type: 'string', description: 'Name of the table.' } },
      required: ['table'],
      additionalProperties: false,
    },
  },
  {
    name: 'list_columns',
    description: 'Lists the columns of a table.',
    parameters: {
      type: 'object',
      properties: { table: { type: 'string' }, kinds: { type: 'array', items: { type: 'string' } } },
      required: ['table', 'kinds'],
      additionalProperties: false,
    },
  },
];

/** In the words that every vendor takes. */
export const verdictSchema: JsonObject = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['good', 'bad'] },
    rows: { type: 'integer', description: 'How many rows are meant.' },
    causes: { type: 'array', items: { type: 'string' } },
  },
  required: ['verdict', 'rows', 'causes'],
  additionalProperties: false,
};

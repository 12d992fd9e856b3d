import { toConversion } from '@aegis/rules/conversion';
import type { Importer, ImportOptions } from '../import/importer.js';
import { columnDrafts, schemaDrafts } from './column-drafts.js';
import { contractNotes } from './contract-notes.js';
import { type ConvertedContract, convertContract } from './convert-contract.js';
import type { ContractDrafted } from './promise.js';
import { isContract, readContract } from './read-contract.js';

/** Data contracts in the Open Data Contract Standard, 3.0 and 3.1. */
export const odcs: Importer = {
  name: 'odcs',
  title: 'data contracts (ODCS)',
  recognise: isContract,
  convert: (document, options: ImportOptions) => {
    const { contract, notes } = readContract(document);
    const converted = convertContract(contract, document, options);
    return toConversion(
      [...converted.drafted, ...columnsOf(converted, options)],
      [...notes, ...contractNotes(contract, options)],
      ({ path }) => ({ location: document.locate(path) }),
    );
  },
};

/** A check compares the whole schema; rules say only that columns are there. */
const columnsOf = (converted: ConvertedContract, { schema = 'columns' }: ImportOptions): readonly ContractDrafted[] =>
  schema === 'columns' ? columnDrafts(converted) : schemaDrafts(converted, schema === 'exact');

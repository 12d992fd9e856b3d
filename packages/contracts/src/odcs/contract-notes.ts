import type { ImportOptions } from '../import/importer.js';
import type { Contract, ContractProperty } from './contract-schema.js';
import { serverNotes } from './servers.js';

/** What the reader of the rules should know of the contract besides. */
export const contractNotes = (contract: Contract, { server, schema = 'columns' }: ImportOptions): readonly string[] => [
  ...statusNote(contract),
  ...(schema === 'columns' ? typesNote(contract) : []),
  ...scheduleNote(contract),
  ...serverNotes(
    contract,
    contract.servers.find((each) => each.server === server),
  ),
];

const statusNote = ({ status }: Contract): readonly string[] =>
  status === undefined || /^active$/i.test(status) ? [] : [`The contract is ${status}.`];

const properties = ({ schema }: Contract): readonly ContractProperty[] => schema.flatMap((object) => object.properties);

const typesNote = (contract: Contract): readonly string[] => {
  const { length } = properties(contract).filter(
    ({ logicalType, physicalType }) => logicalType !== undefined || physicalType !== undefined,
  );
  if (length === 0) return [];
  return [`Types of ${counted(length, 'column')} are not in the rules: aegis contract check compares them.`];
};

const scheduleNote = (contract: Contract): readonly string[] => {
  const checks = [...contract.schema, ...properties(contract)].flatMap(({ quality }) => quality);
  const { length } = checks.filter(({ schedule }) => schedule !== undefined && schedule !== null);
  return length === 0
    ? []
    : [`The schedule of ${counted(length, 'check')} has no counterpart: rules run when they are called.`];
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

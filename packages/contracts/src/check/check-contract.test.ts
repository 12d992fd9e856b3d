import { isAegisError } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { contractText } from '../testing/contracts.js';
import { checkContract } from './check-contract.js';

it('places what is wrong with the name of a table in the contract', () => {
  const text = contractText({ physicalName: 'data/orders', properties: [{ name: 'id' }] });
  const line = text.split('\n').findIndex((each) => each.includes('name: id')) + 1;
  try {
    checkContract(text, 'c.yaml', { dialect: duckdbDialect });
    expect.unreachable();
  } catch (error) {
    expect(isAegisError(error) && error.display).toContain(`c.yaml:${line}:`);
    expect(isAegisError(error) && error.display).toContain('must end in .parquet');
  }
});

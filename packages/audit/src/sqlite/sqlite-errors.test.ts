import { AuditError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { auditReasonOf, classified, isBusy } from './sqlite-errors.js';

const coded = (code: string) => Object.assign(new Error('the original'), { code });

describe('classification', () => {
  it.each([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_CORRUPT_VTAB', 'corrupt'],
    ['SQLITE_ERROR', 'corrupt'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_CONSTRAINT_TRIGGER', 'read-only'],
    ['SQLITE_CONSTRAINT_NOTNULL', 'open'],
    ['SQLITE_CANTOPEN_ISDIR', 'open'],
    ['SQLITE_FULL', 'open'],
    ['EACCES', 'read-only'],
    ['EROFS', 'read-only'],
    ['ENOTDIR', 'open'],
  ])('takes %s as %s', (code, reason) => {
    expect(auditReasonOf(code)).toBe(reason);
  });

  it('names the file, says what to do and keeps the cause', () => {
    const cause = coded('SQLITE_FULL');
    const fail = () =>
      classified('/data/history.db', () => {
        throw cause;
      });
    expect(fail).toThrow(
      expect.objectContaining({
        code: 'audit/open',
        message: 'The audit trail /data/history.db cannot be used: the original',
        hint: expect.any(String),
        cause,
      }),
    );
  });

  it.each([
    ['an error of ours', new AuditError('not-found', 'No run')],
    ['an error without a code', new TypeError('a mistake in the program')],
  ])('leaves %s as it is', (_, error) => {
    const fail = () =>
      classified('/data/history.db', () => {
        throw error;
      });
    expect(fail).toThrow(error);
  });

  it('knows a busy database from other failures', () => {
    expect([isBusy(coded('SQLITE_BUSY')), isBusy(coded('SQLITE_FULL')), isBusy(new Error()), isBusy('busy')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

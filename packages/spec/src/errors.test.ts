import { describe, expect, it, vi } from 'vitest';
import { AegisError, ConfigError, GuardError, isAegisError, LanguageModelError, WarehouseError } from './errors.js';

/** The module as a second installation of the package would bring it. */
const secondInstall = async () => {
  vi.resetModules();
  return import('./errors.js');
};

describe('an error', () => {
  it('has a code of its family and its reason', () => {
    const error = new WarehouseError('timeout', 'took longer than 2 s');
    expect(error).toMatchObject({ code: 'warehouse/timeout', reason: 'timeout', message: 'took longer than 2 s' });
  });

  it('is named after its class, so that a stack says what it is', () => {
    expect(new ConfigError('usage', 'no such flag').name).toBe('ConfigError');
    expect(String(new ConfigError('usage', 'no such flag'))).toBe('ConfigError: no such flag');
  });

  it('keeps what caused it', () => {
    const cause = new Error('ECONNREFUSED');
    expect(new WarehouseError('connection', 'not reachable', { cause }).cause).toBe(cause);
  });

  it('has no cause when nothing caused it', () => {
    expect('cause' in new WarehouseError('connection', 'not reachable')).toBe(false);
  });

  it('may be retried when the same call may succeed', () => {
    expect(new WarehouseError('throttled', 'slow down').retryable).toBe(true);
    expect(new WarehouseError('syntax', 'no such keyword').retryable).toBe(false);
  });

  it('may not be retried when its code is not known', () => {
    expect(new AegisError('custom/reason', 'from an extension').retryable).toBe(false);
  });

  it('says how long the vendor of a model asked to wait', () => {
    expect(new LanguageModelError('rate-limit', 'wait', { retryAfterMs: 1500 }).retryAfterMs).toBe(1500);
    expect(new LanguageModelError('rate-limit', 'wait').retryAfterMs).toBeUndefined();
  });

  it('says where in the SQL the guard stopped', () => {
    expect(new GuardError('forbidden', 'pg_sleep', { at: { line: 1, column: 8 } }).at).toEqual({ line: 1, column: 8 });
  });
});

describe('display', () => {
  it('is the message when nothing else is known', () => {
    expect(new ConfigError('invalid', 'not a file').display).toBe('not a file');
  });

  it('puts the place in front and the hint below', () => {
    const location = { file: 'rules.yaml', line: 12, column: 5 };
    const error = new ConfigError('invalid', 'unknown key "thresold"', { location, hint: 'Did you mean "threshold"?' });
    expect(error.display).toBe('rules.yaml:12:5: unknown key "thresold"\n  Did you mean "threshold"?');
  });
});

describe('isAegisError', () => {
  it('recognises every family', () => {
    expect([new AegisError('a/b', ''), new GuardError('syntax', '')].every(isAegisError)).toBe(true);
  });

  it('recognises the errors of another installation, which instanceof does not', async () => {
    const other = await secondInstall();
    const error = new other.WarehouseError('timeout', 'from an adapter with a copy of its own');
    expect(error).not.toBeInstanceOf(WarehouseError);
    expect(isAegisError(error)).toBe(true);
    expect(other.isAegisError(new WarehouseError('timeout', ''))).toBe(true);
  });

  it.each([
    ['a plain error', new Error('warehouse/timeout')],
    ['an object with a code', { code: 'warehouse/timeout', message: '', retryable: false }],
    ['text', 'warehouse/timeout'],
    ['nothing', null],
    ['undefined', undefined],
  ])('does not recognise %s', (_name, value) => {
    expect(isAegisError(value)).toBe(false);
  });
});

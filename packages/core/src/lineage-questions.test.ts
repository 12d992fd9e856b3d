import type { Warehouse } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { debug, explain } from './lineage-questions.js';

interface Asked {
  readonly what: string;
  readonly target: string;
  readonly question: string | undefined;
  readonly options: object;
}

const recording = (asked: Asked[]) => ({
  createAiProvider: async (options: object = { made: 'from the environment' }) => options,
  explainLineage: async (target: string, question: string | undefined, options: object) => {
    asked.push({ what: 'explain', target, question, options });
    return { answer: 'so' };
  },
  debugResult: async (target: string, question: string, options: object) => {
    asked.push({ what: 'debug', target, question, options });
    return { answer: 'therefore' };
  },
});

const graph = {};
const warehouse = {} as Warehouse;

describe('questions about lineage', () => {
  it('are answered by the package that is imported when they are asked', async () => {
    const asked: Asked[] = [];
    const imported: string[] = [];
    const importPackage = async (specifier: string) => {
      imported.push(specifier);
      return recording(asked);
    };
    const provider = {};
    expect(await explain('orders', undefined, { graph, provider, importPackage })).toEqual({ answer: 'so' });
    expect(await debug('orders', 'why?', { graph, warehouse, maxIterations: 3, importPackage })).toEqual({
      answer: 'therefore',
    });
    expect(imported).toEqual(['@aegis/lineage-ai', '@aegis/lineage-ai']);
    expect(asked).toEqual([
      { what: 'explain', target: 'orders', question: undefined, options: { graph, provider } },
      {
        ...{ what: 'debug', target: 'orders', question: 'why?' },
        options: { graph, warehouse, maxIterations: 3, provider: { made: 'from the environment' } },
      },
    ]);
  });

  it('may say how the provider is made', async () => {
    const asked: Asked[] = [];
    const importPackage = async () => recording(asked);
    await explain('orders', undefined, { graph, providerOptions: { model: 'a/b' }, importPackage });
    expect(asked[0]?.options).toEqual({ graph, provider: { model: 'a/b' } });
  });

  it.each([
    ['is not installed', undefined],
    ['is of a version that does not fit', { explainLineage: 1 }],
  ])('name the install command where the package %s', async (state, module) => {
    const importPackage = async () => module;
    const expected = {
      code: 'config/missing-adapter',
      message: expect.stringContaining(state),
      hint: 'Run: npm install @aegis/lineage-ai',
    };
    await expect(explain('orders', 'how?', { graph, importPackage })).rejects.toMatchObject(expected);
    await expect(debug('orders', 'why?', { graph, warehouse, importPackage })).rejects.toMatchObject(expected);
  });

  it('fail with the error of a package that does not load', async () => {
    const importPackage = () => Promise.reject(new Error('broken'));
    await expect(explain('orders', 'how?', { graph, importPackage })).rejects.toThrow('broken');
  });
});

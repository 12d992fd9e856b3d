import { expect, it } from 'vitest';
import { hostOf, hostProblem } from './ollama-host.js';

it.each([
  ['http://localhost:11434', 'http://localhost:11434'],
  ['https://ollama.corp/llm/', 'https://ollama.corp/llm'],
  ['https://ollama.com', 'https://ollama.com'],
  ['http://gpu-box', 'http://gpu-box'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['gpu-box:80', 'http://gpu-box'],
  ['gpu-box:8080', 'http://gpu-box:8080'],
  ['10.0.0.7', 'http://10.0.0.7:11434'],
  ['0.0.0.0', 'http://localhost:11434'],
  ['0.0.0.0:8080', 'http://localhost:8080'],
  ['[::]:11434', 'http://localhost:11434'],
  ['[::1]', 'http://[::1]:11434'],
  [':8080', 'http://localhost:8080'],
])('%s means %s', (host, url) => {
  expect(hostProblem(host)).toBeUndefined();
  expect(hostOf(host, {})).toBe(url);
  expect(hostOf(undefined, { OLLAMA_HOST: ` "${host}" ` })).toBe(url);
});

it('is this machine where nothing is said', () => {
  expect(hostOf(undefined, {})).toBe('http://localhost:11434');
  expect(hostOf(undefined, { OLLAMA_HOST: ' ' })).toBe('http://localhost:11434');
});

it('is what the option says, whatever the environment says', () => {
  expect(hostOf('gpu-box', { OLLAMA_HOST: 'ftp://x' })).toBe('http://gpu-box:11434');
});

it.each(['ftp://gpu-box', 'http://', 'gpu box', 'http://me:hunter2@gpu-box'])('%s is no host', (host) => {
  expect(hostProblem(host)).toMatch(/\S/);
  expect(() => hostOf(undefined, { OLLAMA_HOST: host })).toThrow(/OLLAMA_HOST/);
  expect(() => hostOf(undefined, { OLLAMA_HOST: host })).not.toThrow(/hunter2/);
});

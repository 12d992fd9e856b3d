import { expect, it } from 'vitest';
import { onlyCompares } from './compared-tokens.js';

it.each([
  'SELECT 1',
  "SELECT id FROM people WHERE last_name = '<name:1>'",
  "SELECT id FROM people WHERE last_name IN ('x', '<name:1>', '<name:2>') AND ssn <> <ssn:1>",
  "SELECT count(*) FROM people WHERE last_name LIKE '%<name:1>%' OR 'it''s' <= '<name:2>'",
  'SELECT id FROM people WHERE last_name = "<name:1>"',
  'SELECT id FROM people WHERE ssn>=<ssn:1> AND ssn < <ssn:2>',
])('only compares: %s', (sql) => {
  expect(onlyCompares(sql)).toBe(true);
});

it.each([
  "SELECT '<name:1>'",
  "SELECT reverse('<name:1>') FROM people",
  "SELECT reverse('= <name:1>') FROM people",
  'SELECT reverse("= <name:1>") FROM people',
  "SELECT '=' || '<name:1>' FROM people",
  "SELECT f(a := '<name:1>') FROM people",
  "SELECT f(a => '<name:1>') FROM people",
  "SELECT x -> '<name:1>' FROM people",
  "SELECT id FROM people WHERE last_name IN (reverse('<name:1>'))",
  "SELECT id IN ('a'), '<name:1>' FROM people",
  "SELECT id IN ('a', 'b') || '<name:1>' FROM people",
  'SELECT <name:1> FROM people',
  "SELECT id FROM people WHERE ssn = <ssn:1> OR reverse(<name:1>) = 'x'",
  "/* ' */ SELECT reverse('= <name:1>') FROM people",
  "SELECT 1 -- '\n, reverse('= <name:1>')",
  "SELECT '\\'', reverse('= <name:1>')",
  "SELECT '''', reverse('= <name:1>')",
])('does more: %s', (sql) => {
  expect(onlyCompares(sql)).toBe(false);
});

import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from '../../closing-line-reporter.js';

export default defineConfig({
  test: {
    include: ['*.fixture.ts'],
    reporters: [new ClosingLineReporter({ ci: process.env.FIXTURE_CI === 'true', unavailableInCi: [/credentials/] })],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'acceptance/**/*.test.ts'],
    globalSetup: ['server/test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Each file has a database and a server of its own; modules are loaded once a worker, which halves the time.
    isolate: false,
    reporters: ['default', './server/test/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

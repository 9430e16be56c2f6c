import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['own_namespaces/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // What is late is measured: not beside other calls.
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,security}/**/*.test.ts'],
    pool: 'forks',
    // Vitest leaves one core alone, which on a machine of two is half of it
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

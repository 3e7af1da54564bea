import { defineConfig } from '@playwright/test';

/** Tests in a real Electron window, one at a time: each starts an app of its own. */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['security/**/*.spec.ts', 'e2e/**/*.spec.ts'],
  globalSetup: './tests/runtime/playwright-setup.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});

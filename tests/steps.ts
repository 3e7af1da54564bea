import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, for the closing lines. */
  readonly failures: readonly string[];
}

export interface Step {
  readonly title: string;
  run(): Count;
}

const root = join(import.meta.dirname, '..');

/** A command that counts as one test: it passes or fails as a whole. */
export function command(title: string, file: string, args: readonly string[]): Step {
  return {
    title,
    run: () => {
      const { status } = run(file, args, {});
      return status === 0
        ? { passed: 1, failed: 0, skipped: 0, failures: [] }
        : { passed: 0, failed: 1, skipped: 0, failures: [title] };
    },
  };
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Unit and integration tests, counted one by one; a file that does not load counts as a failure. */
export function vitest(title: string): Step {
  return {
    title,
    run: () =>
      withReport((report) => {
        const { status } = run(
          bin('vitest'),
          ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          {},
        );
        const result = VitestReport.parse(JSON.parse(readFileSync(report, 'utf8')));
        const failures = result.testResults.flatMap((file) => {
          const failed = file.assertionResults
            .filter((test) => test.status === 'failed')
            .map((test) => test.fullName);
          return failed.length === 0 && file.status === 'failed' ? [file.name] : failed;
        });
        if (status !== 0 && failures.length === 0)
          failures.push(`${title} ended with an error outside the tests`);
        return {
          passed: result.numPassedTests,
          failed: failures.length,
          skipped: result.numPendingTests,
          failures,
        };
      }),
  };
}

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), skipped: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** Tests in a real window. `wrapper` is put before the command. A test that passes only on a second try has failed. */
export function playwright(title: string, wrapper: readonly string[]): Step {
  return {
    title,
    run: () =>
      withReport((report) => {
        const [file = bin('playwright'), ...args] = [
          ...wrapper,
          bin('playwright'),
          'test',
          '--reporter=list,json',
        ];
        const { status } = run(file, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
        const { stats, errors } = PlaywrightReport.parse(JSON.parse(readFileSync(report, 'utf8')));
        const failed = stats.unexpected + stats.flaky;
        const failures = failed > 0 ? [`${failed} of ${title}, listed above`] : [];
        failures.push(...errors.map((error) => error.message ?? 'an error outside the tests'));
        if (status !== 0 && failures.length === 0)
          failures.push(`${title} ended with an error outside the tests`);
        return {
          passed: stats.expected,
          failed: Math.max(failed, failures.length),
          skipped: stats.skipped,
          failures,
        };
      }),
  };
}

/** Runs the steps in turn, all of them even when one fails, and answers the sum. */
export function runSteps(steps: readonly Step[]): Count {
  let total: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const step of steps) {
    const from = Date.now();
    console.log(`\n== ${step.title}`);
    const count = attempt(step);
    console.log(
      `== ${step.title}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - from) / 1000)} s)`,
    );
    total = {
      passed: total.passed + count.passed,
      failed: total.failed + count.failed,
      skipped: total.skipped + count.skipped,
      failures: [...total.failures, ...count.failures],
    };
  }
  return total;
}

/** Prints what failed and the closing line. No test at all is a failure. */
export function close(count: Count): number {
  for (const failure of count.failures) console.log(`failed: ${failure}`);
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
  return count.failed > 0 || count.passed === 0 ? 1 : 0;
}

export const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

function attempt(step: Step): Count {
  try {
    return step.run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, skipped: 0, failures: [`${step.title} did not report: ${reason}`] };
  }
}

function run(file: string, args: readonly string[], env: Record<string, string>) {
  return spawnSync(file, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
}

function withReport(read: (file: string) => Count): Count {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-tests-'));
  try {
    return read(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { firstDifference } from '../../../shared/domain/replay/receipt.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { readAs, readStrictJson } from '../signoff/document.ts';
import { readText } from '../signoff/text-file.ts';

/** A report as it was written: every member but the outcomes, and what their digest comes to. */
export interface WrittenReport {
  readonly path: string;
  readonly report: ReplayReport;
  /** The report's own members, those this version does not know included. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly outcomesDigest: string;
}

const Written = z.looseObject({ outcomes: z.array(z.unknown()) });

/** Reads a report that `replay` wrote, its outcomes included. */
export async function readReport(path: string): Promise<WrittenReport> {
  const json = readStrictJson(path, await readText(path));
  const report = readAs(path, 'replay report', ReplayReport, json);
  const { outcomes, ...members } = readAs(path, 'replay report with its outcomes', Written, json);
  const digest = createHash('sha256');
  for (const outcome of outcomes) digest.update(`${canonicalJson(outcome)}\n`);
  return { path, report, members, outcomesDigest: digest.digest('hex') };
}

/** Refuses to recompute a report from other input than it names. */
export function requireSameInput(
  { path, report }: WrittenReport,
  given: { readonly snapshot: string; readonly baseline: string; readonly candidate: string },
): void {
  const named = {
    snapshot: report.snapshot.digest,
    baseline: report.baseline.digest,
    candidate: report.candidate.digest,
  };
  for (const what of ['snapshot', 'baseline', 'candidate'] as const) {
    if (named[what] === given[what]) continue;
    throw badInput(
      `${path} names the ${what} ${named[what].slice(0, 12)}…, the one given is ${given[what].slice(0, 12)}…; give the one it names.`,
    );
  }
}

/** Throws `failed_check` at the first place where a written report is not what the replay comes to. */
export function requireSameReport(
  { path, members, report, outcomesDigest }: WrittenReport,
  recomputed: ReplayReport,
): void {
  if (outcomesDigest !== report.outcomesDigest) {
    throw new StatesideError(
      'failed_check',
      `${path}: outcomes come to ${outcomesDigest.slice(0, 12)}…, not to its outcomesDigest ${report.outcomesDigest.slice(0, 12)}…; the file was changed after the replay, ask for it again.`,
    );
  }
  const found = firstDifference(members, recomputed);
  if (found === null) return;
  throw new StatesideError(
    'failed_check',
    `${path}: ${found.place} is ${found.a}, the replay comes to ${found.b}; do not rely on this report.`,
  );
}

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

/** One part of a report's receipt: what was written, what the replay comes to, and whether that is the same. */
export interface ReceiptLine {
  readonly what: string;
  readonly written: string;
  readonly recomputed: string;
  /** null: the report names it, and nothing was given to compare it with. */
  readonly same: boolean | null;
}

/** Holds a written report against what the replay comes to, part by part. */
export function receiptLines(
  { report, members, outcomesDigest }: WrittenReport,
  recomputed: ReplayReport,
): ReceiptLine[] {
  const line = (what: string, written: string, found: string): ReceiptLine => ({
    what,
    written,
    recomputed: found,
    same: written === found,
  });
  const [rules, given] = [report.gateRules, recomputed.gateRules];
  const rulesLine =
    rules === undefined
      ? []
      : given === undefined
        ? [{ what: 'gate rules', written: named(rules), recomputed: 'not given', same: null }]
        : [line('gate rules', named(rules), named(given))];
  const figures = firstDifference(figuresOf(members), figuresOf(recomputed));
  return [
    line('snapshot', report.snapshot.digest, recomputed.snapshot.digest),
    line('baseline', report.baseline.digest, recomputed.baseline.digest),
    line('candidate', report.candidate.digest, recomputed.candidate.digest),
    ...rulesLine,
    line('seed', String(report.settings.seed), String(recomputed.settings.seed)),
    line('Stateside', report.stateside, recomputed.stateside),
    line('results of the requests', report.outcomesDigest, recomputed.outcomesDigest),
    line('results written down', outcomesDigest, recomputed.outcomesDigest),
    {
      what: 'figures',
      written: figures === null ? `${report.measures.length} measures` : `${figures.place} is ${figures.a}`,
      recomputed: figures === null ? `${recomputed.measures.length} measures` : figures.b,
      same: figures === null,
    },
  ];
}

/** Throws `failed_check` that names every part of the receipt that is not what the replay comes to. */
export function requireSameReport({ path }: WrittenReport, lines: readonly ReceiptLine[]): void {
  const wrong = lines.filter(({ same }) => same === false);
  if (wrong.length === 0) return;
  const told = wrong.map(({ what, written, recomputed }) =>
    what === 'figures'
      ? `${written}, the replay comes to ${recomputed}`
      : `${what}: ${short(written)}, the replay comes to ${short(recomputed)}`,
  );
  throw new StatesideError(
    'failed_check',
    `${path} does not hold: ${told.join('; ')}; do not rely on this report.`,
  );
}

const named = ({ revision, digest }: NonNullable<ReplayReport['gateRules']>): string =>
  `revision ${revision}, ${digest}`;

const short = (text: string): string =>
  text.replaceAll(/[0-9a-f]{64}/g, (digest) => `${digest.slice(0, 12)}…`);

/** Everything of a report that the other lines of its receipt do not tell. */
function figuresOf(report: object): unknown {
  const {
    stateside: _version,
    gateRules: _rules,
    outcomesDigest: _digest,
    ...rest
  }: Record<string, unknown> = {
    ...report,
  };
  return rest;
}

import { Command } from 'commander';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import { ReplaySettings, type ReplayReport } from '../../../shared/domain/replay/report.ts';
import { loggedContestant, releaseContestant, type Contestant } from '../../services/replay/ranker.ts';
import { openBundle, type Bundle } from '../../services/releases/bundle.ts';
import {
  readReport,
  receiptLines,
  requireSameInput,
  requireSameReport,
  type ReceiptLine,
} from '../../services/replay/check-report.ts';
import { ReportFile } from '../../services/replay/report-file.ts';
import { runReplay, type ReplayRun } from '../../services/replay/run.ts';
import { gatesRef } from '../../services/signoff/gate-rules.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { snapshotInfo } from '../../services/snapshots/info.ts';
import { WorkerPool } from '../../workers/pool.ts';
import { whole } from '../arguments.ts';
import { present, progress } from '../output.ts';
import { reportText } from '../report-text.ts';
import { table } from '../table.ts';
import { workerFiles } from '../../installed-files.ts';

interface Flags {
  readonly baseline: string;
  readonly candidate: string;
  readonly limit?: number;
  readonly seed: number;
  readonly topK: number;
  readonly stratify?: string;
  readonly slice: readonly string[][];
  readonly attribution?: true;
  readonly rules?: string;
  readonly workers?: number;
  readonly out?: string;
  readonly overwrite?: true;
  readonly check?: string;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('rank a snapshot with two releases and report what differs')
    .argument('<snapshot>', 'a .snapshot.sqlite file')
    .requiredOption(
      '--baseline <bundle>',
      'the release to compare with, or logged for the order the log holds',
    )
    .requiredOption('--candidate <bundle>', 'the release in question')
    .option('--limit <n>', 'draw so many requests instead of replaying all', whole(1))
    .option('--seed <n>', 'of the draw', whole(0), 1)
    .option('--top-k <k>', 'how deep feeds are compared', whole(1, 1000), 10)
    .option('--stratify <attribute>', 'draw the same share of each value of it, for example user.region')
    .option(
      '--slice <attributes…>',
      'show every measure by an attribute, or by two: user.region,item.category; repeatable',
      slicing,
      [],
    )
    .option('--attribution', 'take the change apart: model, weights, multipliers, filters, diversity')
    .option(
      '--rules <gates.yaml>',
      'the gates that will judge the report, which it then names by their digest',
    )
    .option('--workers <n>', 'threads (as many as there are cores)', whole(1, 256))
    .option('--out <file>', 'where the report is written')
    .option('--overwrite', 'replace the report when it exists')
    .option('--check <report>', 'replay as this report says and compare; exit 1 when it comes out otherwise')
    .action(async (snapshot: string, flags: Flags, command: Command) => {
      const { out, check } = flags;
      if ((out === undefined) === (check === undefined))
        throw badInput('replay needs exactly one of --out FILE and --check REPORT; give one of them.');
      if (check !== undefined) {
        const written = await readReport(check);
        const { settings } = written.report;
        const report = await replayed(snapshot, flags, settings, { take: () => {} }, (given) =>
          requireSameInput(written, given),
        );
        const receipt = receiptLines(written, report);
        requireSameReport(written, receipt);
        present(
          command,
          { report: check, verified: true, outcomesDigest: report.outcomesDigest, receipt },
          () =>
            [
              table([['part of the receipt', 'value', ''], ...receipt.map(receiptRow)]),
              '',
              `${check} is what the replay comes to, to the last bit: ${report.requests} requests, ${report.measures.length} measures.`,
            ].join('\n'),
        );
      } else if (out !== undefined) {
        const report = await replayTo(out, snapshot, flags, settingsOf(flags));
        present(command, report, () => reportText(report, out));
      }
    });
}

/** The gates that were given, as a report names them. */
async function rulesOf({ rules }: Flags): Promise<ReplayReport['gateRules']> {
  return rules === undefined ? undefined : gatesRef(parseGateRules(await readText(rules), rules));
}

const receiptRow = ({ what, written, same }: ReceiptLine): string[] => [
  what,
  written,
  same === null ? 'not compared; give --rules' : 'holds',
];

function settingsOf({ limit, seed, topK, stratify, slice, attribution }: Flags): ReplaySettings {
  const parsed = ReplaySettings.safeParse({
    ...{ seed, limit: limit ?? null, topK },
    ...(stratify === undefined ? {} : { stratify }),
    ...(slice.length === 0 ? {} : { slices: slice }),
    ...(attribution === undefined ? {} : { attribution }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(`--${String(issue?.path[0])} ${issue?.message}; correct it.`);
}

/** `a` or `a,b`, each time one more. */
function slicing(text: string, before: string[][]): string[][] {
  return [...before, text.split(',')];
}

async function replayTo(
  out: string,
  snapshot: string,
  flags: Flags,
  settings: ReplaySettings,
): Promise<ReplayReport> {
  const file = await ReportFile.create(out, flags.overwrite);
  try {
    const report = await replayed(snapshot, flags, settings, file);
    await file.finish(report);
    return report;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function replayed(
  snapshot: string,
  flags: Flags,
  settings: ReplaySettings,
  outcomes: Pick<ReplayRun, 'take'>,
  before: (given: { snapshot: string; baseline: string; candidate: string }) => void = () => {},
): Promise<ReplayReport> {
  const rules = await rulesOf(flags);
  const info = await snapshotInfo(snapshot);
  const bundles: Bundle[] = [];
  const contestant = async (path: string): Promise<Contestant> => {
    if (path === 'logged') return loggedContestant(info);
    const bundle = await openBundle(path);
    bundles.push(bundle);
    return releaseContestant(bundle);
  };
  const pool = new WorkerPool(workerFiles.replay, flags.workers);
  const abort = new AbortController();
  const interrupt = (): void =>
    abort.abort(new StatesideError('cancelled', 'The replay was cancelled; no report was written.'));
  process.once('SIGINT', interrupt);
  try {
    const baseline = await contestant(flags.baseline);
    const candidate = await contestant(flags.candidate);
    before({ snapshot: info.digest, baseline: baseline.ref.digest, candidate: candidate.ref.digest });
    return await runReplay({
      ...{ pool, snapshot: info, baseline, candidate, settings, signal: abort.signal },
      ...(rules === undefined ? {} : { gateRules: rules }),
      progress: (done, total) => progress(done === total ? '' : `${done} of ${total} requests`),
      take: (block) => outcomes.take(block),
    });
  } finally {
    process.off('SIGINT', interrupt);
    await pool.close();
    for (const bundle of bundles) await bundle.dispose();
  }
}

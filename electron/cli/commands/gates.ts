import { Command } from 'commander';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { judgeGates } from '../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { openBundle, type Bundle } from '../../services/releases/bundle.ts';
import { gateEvidence } from '../../services/replay/evidence.ts';
import { readAs, readStrictJson } from '../../services/signoff/document.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { present } from '../output.ts';
import { changeGatesCommand, gateVersionsCommand } from './gate-versions.ts';

export function gatesCommand(): Command {
  return new Command('gates')
    .description('judge a replay report; exit 1 when a required gate does not pass')
    .addCommand(gateVersionsCommand())
    .addCommand(changeGatesCommand())
    .argument('<report>', 'a report that replay wrote')
    .option('--rules <file>', 'the gates, for example resources/gates.yaml')
    .option('--bundle <bundle>', 'the candidate: without it, facts about the release have no evidence')
    .action(async (path: string, flags: { rules?: string; bundle?: string }, command: Command) => {
      if (flags.rules === undefined)
        throw badInput(
          'gates needs the rules to judge by; give --rules FILE, for example resources/gates.yaml.',
        );
      const rules = parseGateRules(await readText(flags.rules), flags.rules);
      const report = readAs(path, 'replay report', ReplayReport, readStrictJson(path, await readText(path)));
      const bundle = flags.bundle === undefined ? null : await openBundle(flags.bundle);
      try {
        if (bundle !== null) requireSame(path, report, bundle);
        const gates = judgeGates(rules, gateEvidence(report, bundle, new Date()));
        present(command, gates, () => gates.map(gateLine).join('\n'));
        requirePass(path, gates);
      } finally {
        await bundle?.dispose();
      }
    });
}

function requireSame(path: string, { candidate }: ReplayReport, bundle: Bundle): void {
  if (bundle.digest === candidate.digest) return;
  throw badInput(
    `${path} is about ${candidate.name} ${candidate.version} (${candidate.digest.slice(0, 12)}…), not about the bundle ` +
      `${bundle.root} (${bundle.digest.slice(0, 12)}…); give the candidate's bundle.`,
  );
}

function requirePass(path: string, gates: readonly GateResult[]): void {
  const open = gates.filter(({ required, verdict }) => required && verdict !== 'pass');
  if (open.length === 0) return;
  const which = open.map(({ title, verdict }) => `“${title}” (${verdict})`).join(', ');
  throw new StatesideError(
    'failed_check',
    `${path} does not pass ${which}; bring better evidence or refuse the release.`,
  );
}

/** A gate in one line, for a terminal. */
export function gateLine({
  title,
  required,
  rule,
  measured,
  unit,
  verdict,
  missing,
  interval,
  p,
  pAtMost,
}: GateResult): string {
  const mark = { pass: '✓', fail: '✗', 'no evidence': '?' }[verdict];
  const value =
    typeof measured === 'number'
      ? [Number(measured.toFixed(4)), ...(unit === undefined ? [] : [unit])].join(' ')
      : [measured ?? 'nothing'].flat().join(', ');
  const sure =
    interval === undefined || interval === null
      ? ''
      : ` (95 % interval ${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)})`;
  const chance = p === undefined ? '' : `, corrected p ${pAtMost === true ? '≤ ' : ''}${p.toFixed(3)}`;
  return `${mark} ${title}${required ? '' : ' (advisory)'}: ${verdict}. ${rule}; measured: ${value}${sure}${chance}.${missing === undefined ? '' : ` ${missing}`}`;
}

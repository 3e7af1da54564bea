import { Command, InvalidArgumentError } from 'commander';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { checkSnapshot, requireSound } from '../../database/snapshot/check.ts';
import { snapshotInfo } from '../../services/snapshots/info.ts';
import { synthDefaults, synthesise, type SynthOptions } from '../../services/snapshots/synth/synth.ts';
import { present, progress } from '../output.ts';

export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description('look into, check and make up snapshots of logged feed requests')
    .addCommand(infoCommand())
    .addCommand(checkCommand())
    .addCommand(synthCommand());
}

function infoCommand(): Command {
  return new Command('info')
    .description('show what a snapshot is and holds')
    .argument('<file>', 'a .snapshot.sqlite file')
    .action(async (file: string, _options: unknown, command: Command) => {
      const info = await snapshotInfo(file);
      present(command, info, () => infoText(info));
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('read every row and judge it; exit 2 when something is wrong')
    .argument('<file>', 'a .snapshot.sqlite file')
    .option('--limit <n>', 'stop after so many problems', wholeNumber, 20)
    .action((file: string, options: { limit: number }, command: Command) => {
      const check = checkSnapshot(file, Math.max(1, options.limit));
      present(command, check, () =>
        check.ok
          ? `${file} is a sound snapshot.`
          : check.problems.map((problem) => `- ${problem}`).join('\n'),
      );
      requireSound(check);
    });
}

type SynthFlags = Pick<SynthOptions, 'requests' | 'candidates' | 'seed'> & Partial<SynthOptions>;

function synthCommand(): Command {
  return new Command('synth')
    .description('make a snapshot up, of any size, from a seed: the same options give the same bytes')
    .argument('<file>', 'where it is written')
    .requiredOption('--requests <n>', 'how many feed requests', wholeNumber)
    .requiredOption('--candidates <n>', 'candidates of each request', wholeNumber)
    .requiredOption('--seed <n>', 'a whole number', wholeNumber)
    .option('--features <n>', 'features of each candidate (16)', wholeNumber)
    .option('--items <n>', 'how many items exist', wholeNumber)
    .option('--users <n>', 'how many users exist', wholeNumber)
    .option('--stills <n>', 'how many items have a still (0)', wholeNumber)
    .option('--created-at <time>', 'what the snapshot says of its making, never the clock')
    .option('--overwrite', 'replace the file when it exists')
    .action(async (file: string, flags: SynthFlags, command: Command) => {
      const started = performance.now();
      synthesise(file, { ...synthDefaults(flags.requests, flags.candidates), ...flags }, (requests) =>
        progress(`${requests} of ${flags.requests} requests`),
      );
      const seconds = (performance.now() - started) / 1000;
      progress('');
      const info = await snapshotInfo(file);
      present(command, info, () => `${infoText(info)}\n\nWritten in ${seconds.toFixed(1)} s.`);
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

const number = (value: number): string => value.toLocaleString('en-US');

function infoText(info: SnapshotInfo): string {
  const { meta, counts } = info;
  const rows: [string, string][] = [
    ['name', meta.name],
    ['digest', `sha256:${info.digest}`],
    ['size', `${number(info.bytes)} bytes`],
    ['made', meta.created_at],
    ['jurisdiction', meta.jurisdiction],
    ['surface', meta.surface],
    ['source', meta.source],
    ['licence', meta.licence],
    ['generator', meta.generator],
    ['requests', number(counts.requests)],
    ['candidates', number(counts.candidates)],
    ['items', `${number(counts.items)} (ids ordered as ${info.idOrder})`],
    ['users', number(counts.users)],
    ['labels', number(counts.labels)],
    ['stills', number(counts.stills)],
    ['features', `${info.features.length}: ${info.features.map(({ name }) => name).join(', ')}`],
    ['signals', info.signals.map(({ name, kind }) => `${name} (${kind})`).join(', ')],
  ];
  return rows.map(([name, value]) => `${name.padEnd(13)}${value}`).join('\n');
}

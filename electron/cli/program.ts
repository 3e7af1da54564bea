import { Command, CommanderError } from 'commander';
import { exitCode, StatesideError } from '../../shared/domain/error.ts';
import { diskFull } from '../services/disk-full.ts';
import { unusablePath } from '../services/unusable-path.ts';
import manifest from '../../package.json' with { type: 'json' };

/** The commands in the order of the help. Each is loaded when it is wanted, since all of them take time and memory. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  snapshot: async () => (await import('./commands/snapshot.ts')).snapshotCommand(),
  release: async () => (await import('./commands/release.ts')).releaseCommand(),
  weights: async () => (await import('./commands/weights.ts')).weightsCommand(),
  rank: async () => (await import('./commands/rank.ts')).rankCommand(),
  replay: async () => (await import('./commands/replay.ts')).replayCommand(),
  review: async () => (await import('./commands/review.ts')).reviewCommand(),
  gates: async () => (await import('./commands/gates.ts')).gatesCommand(),
  workspace: async () => (await import('./commands/workspace.ts')).workspaceCommand(),
  key: async () => (await import('./commands/key.ts')).keyCommand(),
  roster: async () => (await import('./commands/roster.ts')).rosterCommand(),
  signoff: async () => (await import('./commands/signoff.ts')).signoffCommand(),
  record: async () => (await import('./commands/record.ts')).recordCommand(),
  log: async () => (await import('./commands/log.ts')).logCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
};

/** Runs one command line. Answers the exit code: 0 done, 1 a check failed, 2 bad input or usage, 70 our defect. */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = new Command('stateside')
    .description('Governs a US-only recommender offline: snapshots, releases, replays, sign-off, audit.')
    .version(manifest.version)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .exitOverride()
    .configureOutput({
      // all that is written there but errors is the whole usage, where a command is missing
      writeErr: () => {},
      outputError: (text) =>
        process.stderr.write(text.replace(/^error: /, 'stateside: ').replaceAll(/\n(?=.)/g, ' ')),
    });
  for (const load of wanted(args)) program.addCommand(inherit(await load(), program));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (thrown) {
    const error = diskFull(thrown) ?? unusablePath(thrown) ?? thrown;
    if (error instanceof CommanderError) {
      if (error.code === 'commander.help' && error.exitCode !== 0) process.stderr.write(noCommand(program));
      return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof StatesideError) {
      process.stderr.write(`stateside: ${error.message}\n`);
      return exitCode(error.code);
    }
    process.stderr.write(
      `stateside: a defect of Stateside: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  }
}

/** The command that the arguments name; all of them where they name none, for the help and for guesses at a mistake. */
function wanted(args: readonly string[]): readonly (() => Promise<Command>)[] {
  const first = args.find((arg) => arg !== '--json');
  const named = Object.entries(COMMANDS).find(([name]) => name === first);
  return named === undefined ? Object.values(COMMANDS) : [named[1]];
}

/** The sentence for a command line that ends, or asks for help, where a command is due. */
function noCommand(program: Command): string {
  let at = program;
  let line = program.name();
  for (let inner = innerOf(at); inner !== undefined; inner = innerOf(at)) {
    at = inner;
    line += ` ${at.name()}`;
  }
  const [help, unknown] = at.args;
  const problem =
    help === 'help' && unknown !== undefined
      ? `${line} has no command ${unknown}`
      : `${line} needs a command`;
  return `stateside: ${problem}; ${line} --help lists them.\n`;
}

const innerOf = (group: Command): Command | undefined =>
  group.commands.find((command) => command.name() === group.args[0]);

/** Lets a command and those within it report usage errors as the program does. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const inner of command.commands) inherit(inner, command);
  return command;
}

import { Command, CommanderError } from 'commander';
import { exitCode, StatesideError } from '../../shared/domain/error.ts';
import { diskFull } from '../services/disk-full.ts';
import manifest from '../../package.json' with { type: 'json' };
import { demoCommand } from './commands/demo.ts';
import { gatesCommand } from './commands/gates.ts';
import { keyCommand } from './commands/key.ts';
import { logCommand } from './commands/log.ts';
import { rankCommand } from './commands/rank.ts';
import { recordCommand } from './commands/record.ts';
import { releaseCommand } from './commands/release.ts';
import { replayCommand } from './commands/replay.ts';
import { reviewCommand } from './commands/review.ts';
import { rosterCommand } from './commands/roster.ts';
import { signoffCommand } from './commands/signoff.ts';
import { snapshotCommand } from './commands/snapshot.ts';
import { weightsCommand } from './commands/weights.ts';
import { workspaceCommand } from './commands/workspace.ts';

/** Runs one command line. Answers the exit code: 0 done, 1 a check failed, 2 bad input or usage, 70 our defect. */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = new Command('stateside')
    .description('Governs a US-only recommender offline: snapshots, releases, replays, sign-off, audit.')
    .version(manifest.version)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'stateside: ')) });
  for (const command of [
    snapshotCommand(),
    releaseCommand(),
    weightsCommand(),
    rankCommand(),
    replayCommand(),
    reviewCommand(),
    gatesCommand(),
    workspaceCommand(),
    keyCommand(),
    rosterCommand(),
    signoffCommand(),
    recordCommand(),
    logCommand(),
    demoCommand(),
  ]) {
    program.addCommand(inherit(command, program));
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (thrown) {
    const error = diskFull(thrown) ?? thrown;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
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

/** Lets a command and those within it report usage errors as the program does. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const inner of command.commands) inherit(inner, command);
  return command;
}

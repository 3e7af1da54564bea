import { parseArgs } from 'node:util';

export interface CommandLine {
  /** Arguments of the command line when one of its commands is named, else null: then a window opens. */
  readonly command: readonly string[] | null;
  /** Folder of the workspace to open; null for the sample workspace. */
  readonly workspace: string | null;
}

/** Options of Electron that are followed by a value, so that the value is not taken for a command. */
const OPTIONS = {
  workspace: { type: 'string' },
  require: { type: 'string', short: 'r' },
} as const;

/** Flags of the command line that may stand without or before a command. */
const LEADING = new Set(['--json', '--help', '-h', '--version', '-V']);

/** Reads what the app was started with. `args`: without the executable and, in a checkout, with its folder. */
export function readCommandLine(args: readonly string[], inCheckout: boolean): CommandLine {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.filter((token) => token.kind === 'positional').slice(inCheckout ? 1 : 0);
  const leading = args.slice(0, words[0]?.index).filter((argument) => LEADING.has(argument));
  const following = words[0] === undefined ? [] : args.slice(words[0].index);
  return {
    command: leading.length + following.length > 0 ? [...leading, ...following] : null,
    workspace: typeof values.workspace === 'string' ? values.workspace : null,
  };
}

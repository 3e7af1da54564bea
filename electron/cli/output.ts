import type { Command } from 'commander';

/** Prints a command's result: with `--json` one document and nothing else, else the text. */
export function present(command: Command, value: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  process.stdout.write(`${json === true ? JSON.stringify(value, undefined, 2) : text()}\n`);
}

/** Tells how far a long command is, on stderr and only where a person watches. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

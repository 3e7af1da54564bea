import { once } from 'node:events';
import type { Command } from 'commander';

/** Prints a command's result: with `--json` one document and nothing else, else the text. */
export function present(command: Command, value: unknown, text: () => string): void {
  process.stdout.write(`${isJson(command) ? JSON.stringify(value, undefined, 2) : text()}\n`);
}

/** The same with a last member `list` that is too long to be held: with `--json` its items are printed as they come. */
export async function presentList(
  command: Command,
  value: Readonly<Record<string, unknown>>,
  list: { readonly name: string; readonly items: AsyncIterable<object> },
  text: () => Promise<string>,
): Promise<void> {
  if (!isJson(command)) return print(`${await text()}\n`);
  const head = JSON.stringify({ ...value, [list.name]: [] }, undefined, 2);
  await print(head.slice(0, head.lastIndexOf(']')));
  let separator = '\n';
  for await (const item of list.items) {
    await print(`${separator}${JSON.stringify(item, undefined, 2).replaceAll(/^/gm, '    ')}`);
    separator = ',\n';
  }
  await print(`${separator === '\n' ? '' : '\n  '}]\n}\n`);
}

/** Tells how far a long command is, on stderr and only where a person watches. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

const isJson = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

/** Waits for what reads the output where it is slower. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

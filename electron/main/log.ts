import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

export interface Log {
  readonly path: string;
  write(what: string, detail?: unknown): void;
}

/** The log file of this installation. It names failures and places, never passphrases, keys or feed content. */
export function openLog(folder: string): Log {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'stateside.log');
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  // a full disk must not take the window down
  stream.on('error', () => undefined);
  return {
    path,
    write(what, detail) {
      const rest =
        detail === undefined ? '' : ` ${typeof detail === 'string' ? detail : inspect(detail, { depth: 3 })}`;
      stream.write(`${new Date().toISOString()} ${what}${rest}\n`);
    },
  };
}

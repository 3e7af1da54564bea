import type { Database } from 'better-sqlite3';
import { z } from 'zod';

const Row = z.object({ value: z.string() }).optional();

/** The value of a setting, or null when it was never set. */
export function readSetting(db: Database, key: string): string | null {
  return Row.parse(db.prepare('SELECT value FROM setting WHERE key = ?').get(key))?.value ?? null;
}

export function writeSetting(db: Database, key: string, value: string): void {
  db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

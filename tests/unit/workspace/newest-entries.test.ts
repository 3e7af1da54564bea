import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../electron/database/workspace/file.ts';
import { newestEntries } from '../../../electron/services/audit/entries.ts';

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  migrate(db);
  const insert = db.prepare("INSERT INTO log_entry VALUES (?, ?, 'ada', 'test.note', '', '{}', '', '')");
  for (const [seq, day] of ['01', '02', '05', '06', '07'].entries())
    insert.run(seq, `2026-11-${day}T00:00:00.000Z`);
});
afterEach(() => db.close());

describe('the newest entries of the log', () => {
  it('are those after the last older one, newest first, cut at the limit and counted beyond it', () => {
    const { total, rows } = newestEntries(db, '2026-11-05T00:00:00.000Z', 2, () => false);
    expect(total).toBe(3);
    expect(rows.map(({ seq }) => seq)).toEqual([4, 3]);
  });

  it('are all where none is older, and none where all are', () => {
    expect(newestEntries(db, '2026-10-01T00:00:00.000Z', 9, () => false)).toMatchObject({ total: 5 });
    expect(newestEntries(db, '2026-12-01T00:00:00.000Z', 9, () => false)).toEqual({ total: 0, rows: [] });
  });

  it('of an empty log are none', () => {
    db.exec('DROP TRIGGER log_entry_no_delete; DELETE FROM log_entry');
    expect(newestEntries(db, '2026-11-05T00:00:00.000Z', 2, () => false)).toEqual({ total: 0, rows: [] });
  });
});

import { appendFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { floatBlob } from '../../../electron/database/snapshot/float-blob.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { newFolder, smallSnapshot, tamper, WIDE_ID } from './small.ts';

/** What opening says; the file must stay alone in its folder. */
function refusal(
  path: string,
  read: (snapshot: ReturnType<typeof openSnapshot>) => unknown = () => null,
): StatesideError {
  const beside = readdirSync(dirname(path));
  try {
    const snapshot = openSnapshot(path);
    try {
      read(snapshot);
    } finally {
      snapshot.close();
    }
  } catch (error) {
    expect(readdirSync(dirname(path))).toEqual(beside);
    if (error instanceof StatesideError) return error;
    throw error;
  }
  throw new Error(`${path} was not refused`);
}

const featuresOf10 = (...floats: number[]): string =>
  `UPDATE request SET features = x'${Buffer.from(floatBlob(Float32Array.from(floats))).toString('hex')}' WHERE request_id = 10`;

function written(bytes: string | Buffer): string {
  const path = join(newFolder(), 'file.snapshot.sqlite');
  writeFileSync(path, bytes);
  return path;
}

describe('opening refuses', () => {
  it('a path where nothing is', () => {
    const path = join(newFolder(), 'gone.snapshot.sqlite');
    expect(refusal(path)).toMatchObject({
      code: 'not_found',
      message: `${path} does not exist; check the path of the snapshot.`,
    });
  });

  it('a folder', () => {
    expect(refusal(newFolder()).message).toMatch(/is a folder, not a snapshot/);
  });

  it.each([
    ['an empty file', ''],
    ['text', 'requests,items\n'.repeat(40)],
    ['the mere beginning of a database', 'SQLite format 3\0'],
  ])('%s', (_, bytes) => {
    expect(refusal(written(bytes)).message).toMatch(/is not an SQLite database/);
  });

  it('another program’s database', () => {
    const path = tamper(smallSnapshot(), 'PRAGMA application_id = 1');
    expect(refusal(path)).toMatchObject({
      code: 'bad_input',
      message: `${path} is an SQLite database but not a Stateside snapshot: its application_id is 0x00000001, not 0x53544453.`,
    });
  });

  it('a snapshot of a newer Stateside', () => {
    const path = tamper(smallSnapshot(), 'PRAGMA user_version = 2');
    expect(refusal(path)).toMatchObject({ code: 'newer_file' });
    expect(refusal(path).message).toMatch(
      /made by a newer Stateside \(snapshot version 2, this one reads 1\); update/,
    );
  });

  it('a version that never was', () => {
    expect(refusal(tamper(smallSnapshot(), 'PRAGMA user_version = 0')).message).toMatch(/snapshot version 0/);
  });

  it('a truncated snapshot, saying how much is left', () => {
    const path = smallSnapshot();
    truncateSync(path, 20_000);
    expect(refusal(path).message).toMatch(/is truncated: it has 20000 of \d+ bytes; copy it again/);
  });

  it('a snapshot in write-ahead-log mode, since opening it would write beside it', () => {
    const path = tamper(smallSnapshot(), 'PRAGMA journal_mode = WAL');
    expect(refusal(path).message).toMatch(/write-ahead-log mode/);
  });

  it.each(['-wal', '-journal'])('a snapshot with an unfinished write beside it (%s)', (suffix) => {
    const path = smallSnapshot();
    appendFileSync(path + suffix, 'something');
    expect(refusal(path).message).toMatch(/unfinished write beside it/);
  });

  it('a snapshot whose pages are damaged', () => {
    const path = smallSnapshot();
    const db = new Database(path, { readonly: true });
    const size = Number(db.pragma('page_size', { simple: true }));
    db.close();
    truncateSync(path, size);
    appendFileSync(path, Buffer.alloc(20 * size, 0xff));
    expect(refusal(path).message).toMatch(
      /cannot be read as a snapshot \(.*\); copy it again from its source\.$/,
    );
  });

  it('a snapshot without one of its tables', () => {
    expect(refusal(tamper(smallSnapshot(), 'DROP TABLE candidate')).message).toMatch(
      /is not a complete snapshot \(no such table: candidate\)/,
    );
  });

  it('incomplete meta', () => {
    const path = tamper(smallSnapshot(), `DELETE FROM snapshot_meta WHERE key = 'jurisdiction'`);
    expect(refusal(path).message).toBe(
      `${path} cannot be read at the table snapshot_meta, because jurisdiction is missing; build the snapshot again.`,
    );
  });

  it.each([
    [
      `UPDATE feature SET name = '' WHERE position = 1`,
      'row 2 of the table feature, because name must not be empty',
    ],
    [
      `UPDATE signal SET kind = 'maybe' WHERE position = 0`,
      'row 1 of the table signal, because kind must be "binary" or "amount"',
    ],
    ['UPDATE signal SET polarity = 2', 'row 1 of the table signal, because polarity must be -1 or 0 or 1'],
    [
      `UPDATE snapshot_meta SET value = 5 WHERE key = 'name'; UPDATE snapshot_meta SET value = x'00' WHERE key = 'name'`,
      'the table snapshot_meta, because name must be text',
    ],
  ])('a description that is not as the format asks, naming table, row and column: %s', (sql, why) => {
    const path = tamper(smallSnapshot(), sql);
    expect(refusal(path).message).toBe(`${path} cannot be read at ${why}; build the snapshot again.`);
  });

  it('a view in the place of a table', () => {
    const path = tamper(
      smallSnapshot(),
      'ALTER TABLE item RENAME TO it; CREATE VIEW item AS SELECT * FROM it',
    );
    expect(refusal(path).message).toBe(
      `${path} is not a complete snapshot, because its item is a view and not a table; build it again.`,
    );
  });

  it('no path at all', () => {
    expect(() => openSnapshot('')).toThrow(
      'The path of the snapshot is empty; name a .snapshot.sqlite file.',
    );
  });

  it('ids that are partly integers and partly text', () => {
    const path = tamper(
      smallSnapshot(),
      `CREATE TABLE mixed (item_id PRIMARY KEY, author_id, caption, category, language, duration_ms, uploaded_at, attributes);
       INSERT INTO mixed SELECT * FROM item; UPDATE mixed SET item_id = 'one' WHERE item_id = 1;
       DROP TABLE item; ALTER TABLE mixed RENAME TO item`,
    );
    expect(refusal(path).message).toMatch(/item\.item_id mixes integer and text values/);
  });
});

describe('reading a request refuses, naming file and request', () => {
  it.each([
    [
      'features of the wrong length',
      `UPDATE request SET features = zeroblob(20)`,
      'its features have 20 bytes where its candidates need 24',
    ],
    [
      'feedback of the wrong length',
      `UPDATE request SET feedback = zeroblob(0)`,
      'its feedback have 0 bytes where its candidates need 24',
    ],
    [
      'features that are no blob',
      `UPDATE request SET features = 'x'`,
      'its features have 0 bytes where its candidates need 24',
    ],
    ['a missing candidate', `DELETE FROM candidate WHERE ordinal = 1`, 'it has 2 of 3 candidates'],
    [
      'ordinals with a gap',
      `UPDATE candidate SET ordinal = 5 WHERE ordinal = 2`,
      'its candidate 2 has ordinal 5',
    ],
    [
      'an item nobody knows',
      `DELETE FROM item WHERE item_id = ${WIDE_ID}`,
      `its item ${WIDE_ID} is not in the item table`,
    ],
    ['a user nobody knows', `DELETE FROM user`, 'its user 7 is not in the user table'],
    [
      'attributes that are no object',
      `UPDATE user SET attributes = '[]'`,
      'the attributes of its user 7 are not one flat JSON object',
    ],
    [
      'an item twice',
      'UPDATE candidate SET item_id = 1 WHERE request_id = 10 AND ordinal = 0',
      'its item 1 is a candidate twice',
    ],
    [
      'an item that is neither from the network nor from outside',
      'UPDATE candidate SET in_network = 2 WHERE request_id = 10 AND ordinal = 1',
      'its candidate 1 has an in_network that is neither 0 nor 1',
    ],
    [
      'a feature that is no number',
      featuresOf10(0, 1, 2, NaN, 4, 5),
      'the feature watched of its candidate 1 is NaN, not a finite number',
    ],
    [
      'an infinite feature',
      featuresOf10(0, 1, 2, 3, 4, -Infinity),
      'the feature watched of its candidate 2 is -Infinity, not a finite number',
    ],
  ])('%s, alone or with others', (_, sql, why) => {
    const path = tamper(smallSnapshot(), sql);
    const reads = ['request', 'requests'] as const;
    for (const read of reads)
      expect(
        refusal(path, (snapshot) =>
          read === 'request' ? snapshot.request('10') : snapshot.requests(['10', '9']),
        ),
      ).toMatchObject({
        code: 'bad_input',
        message: `${path} cannot be read at request 10, because ${why}; build the snapshot again.`,
      });
  });

  it('attributes of an item that are no object', () => {
    const path = tamper(smallSnapshot(), `UPDATE item SET attributes = 'x' WHERE item_id = 2`);
    expect(refusal(path, (snapshot) => snapshot.request('10')).message).toMatch(
      /at item 2, because its attributes/,
    );
  });
});

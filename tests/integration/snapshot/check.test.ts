import { appendFileSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSnapshot, requireSound } from '../../../electron/database/snapshot/check.ts';
import { floatBlob } from '../../../electron/database/snapshot/float-blob.ts';
import { smallSnapshot, tamper } from './small.ts';

const blob = (...floats: number[]): string =>
  `x'${Buffer.from(floatBlob(Float32Array.from(floats))).toString('hex')}'`;

/** Rebuilds a table without its constraints, as another program may have made it. */
const loosen = (table: string, columns: string): string =>
  `CREATE TABLE loose (${columns}); INSERT INTO loose SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE loose RENAME TO ${table};`;
const LOOSE_USER = loosen('user', 'user_id PRIMARY KEY, region, attributes');
const LOOSE_CANDIDATE = loosen(
  'candidate',
  'request_id, ordinal, item_id, in_network, logged_position, logged_score, propensity',
);
const LOOSE_ITEM = loosen(
  'item',
  'item_id PRIMARY KEY, author_id, caption, category, language, duration_ms, uploaded_at, attributes',
);

const LOOSE_FEATURE = loosen('feature', 'position, name UNIQUE, description');

describe('a check', () => {
  it.each(['integer', 'text'] as const)('finds nothing wrong with a sound snapshot of %s ids', (idOrder) => {
    const path = smallSnapshot({ idOrder });
    const check = checkSnapshot(path);
    expect(check).toEqual({ path, ok: true, problems: [], complete: true });
    expect(() => requireSound(check)).not.toThrow();
  });

  it.each([
    ['DROP TABLE item_label', 'The table item_label is missing.'],
    ['DROP TABLE media; CREATE VIEW media AS SELECT 1 AS item_id', 'media is a view, not a table.'],
    ['ALTER TABLE candidate DROP COLUMN propensity', 'The table candidate has no column propensity.'],
    [`DELETE FROM snapshot_meta WHERE key = 'licence'`, 'snapshot_meta has no licence.'],
    [
      `UPDATE snapshot_meta SET value = '' WHERE key = 'name'`,
      'snapshot_meta has an unusable value for name: it must not be empty.',
    ],
    [
      `${LOOSE_FEATURE} UPDATE feature SET position = 'first' WHERE position = 0`,
      'The feature age stands at position first, which is no whole number.',
    ],
    [
      `${LOOSE_FEATURE} UPDATE feature SET position = 1`,
      'The feature watched stands at position 1, as the one before it does.',
    ],
    [
      `UPDATE signal SET kind = 'maybe' WHERE position = 0`,
      'The signal at position 0 (like) is not described as the format asks.',
    ],
    [
      'UPDATE signal SET polarity = 2 WHERE position = 1',
      'The signal at position 1 (play_ms) is not described as the format asks.',
    ],
    [
      `${LOOSE_USER} INSERT INTO user VALUES ('eight', 'US-NY', '{}')`,
      'user.user_id holds integer and text values; all must be integers or all text.',
    ],
    [`${LOOSE_USER} UPDATE user SET region = NULL`, 'User 7 has no region.'],
    [
      `UPDATE user SET attributes = '{"a":[1]}'`,
      'The attributes of user 7 are not one JSON object of text, numbers, booleans and nulls.',
    ],
    [
      `UPDATE item SET attributes = 'x' WHERE item_id = 1`,
      'The attributes of item 1 are not one JSON object of text, numbers, booleans and nulls.',
    ],
    [
      `${LOOSE_ITEM} UPDATE item SET caption = NULL WHERE item_id = 1`,
      'Item 1 has a caption that is not text.',
    ],
    ['UPDATE item SET duration_ms = -4 WHERE item_id = 1', 'Item 1 has the duration -4 ms.'],
    [
      `INSERT INTO item_label VALUES (99, 'spam', 'x', 1)`,
      'The label spam belongs to item 99, which is not in the item table.',
    ],
    [
      `UPDATE item_label SET confidence = 1.5 WHERE label = 'spam'`,
      'The label spam of item 2 has the confidence 1.5, which is not between 0 and 1.',
    ],
    [
      `INSERT INTO media VALUES (99, 'image/png', x'00')`,
      'A still belongs to item 99, which is not in the item table.',
    ],
    [`UPDATE media SET mime = 'text/html'`, 'The still of item 1 (text/html) is not an image.'],
    [
      'UPDATE request SET user_id = 8 WHERE request_id = 9',
      'Request 9 belongs to user 8, who is not in the user table.',
    ],
    [
      `UPDATE request SET requested_at = 'noon' WHERE request_id = 9`,
      'Request 9 was made at "noon", which is not an ISO 8601 date and time.',
    ],
    [
      `UPDATE request SET requested_at = 'now' WHERE request_id = 9`,
      'Request 9 was made at "now", which is not an ISO 8601 date and time.',
    ],
    [
      `UPDATE request SET requested_at = '2461000.5' WHERE request_id = 9`,
      'Request 9 was made at "2461000.5", which is not an ISO 8601 date and time.',
    ],
    [`UPDATE request SET surface = '' WHERE request_id = 9`, 'Request 9 has no surface.'],
    [
      `UPDATE item_label SET label = '' WHERE label = 'spam'`,
      'Item 2 has a label without a name or a source in text.',
    ],
    [
      `${loosen('media', 'item_id PRIMARY KEY, mime, bytes')} UPDATE media SET item_id = CAST(item_id AS TEXT)`,
      'A still belongs to item 1, which is not in the item table.',
    ],
    [
      `${loosen('candidate', 'request_id TEXT, ordinal, item_id, in_network, logged_position, logged_score, propensity')}
       DELETE FROM candidate WHERE request_id = '10'; DELETE FROM request WHERE request_id = 10`,
      'Candidate 0 belongs to request 9, which is not in the request table.',
    ],
    [
      'DELETE FROM candidate WHERE request_id = 10 AND ordinal = 2',
      'Request 10 counts 3 candidates and has 2.',
    ],
    [
      'UPDATE candidate SET ordinal = 7 WHERE request_id = 10 AND ordinal = 2',
      'Request 10 has a candidate with ordinal 7 where 2 is due.',
    ],
    [
      `${LOOSE_CANDIDATE} UPDATE candidate SET ordinal = 0 WHERE ordinal = 1`,
      'Request 10 has a candidate with ordinal 0 where 1 is due.',
    ],
    [
      'INSERT INTO candidate VALUES (77, 0, 1, 0, NULL, NULL, NULL)',
      'Candidate 0 belongs to request 77, which is not in the request table.',
    ],
    [
      'UPDATE candidate SET item_id = 99 WHERE request_id = 9',
      'Candidate 0 of request 9 is item 99, which is not in the item table.',
    ],
    [
      'UPDATE candidate SET item_id = 2 WHERE request_id = 10 AND ordinal = 2',
      'Request 10 has item 2 as a candidate twice.',
    ],
    [
      'UPDATE candidate SET in_network = 2 WHERE request_id = 9',
      'Candidate 0 of request 9 has in_network 2, which is neither 0 nor 1.',
    ],
    [
      'UPDATE candidate SET propensity = 0 WHERE request_id = 9',
      'Candidate 0 of request 9 has the propensity 0, which is not above 0 and at most 1.',
    ],
    [
      'UPDATE candidate SET propensity = 1.01 WHERE request_id = 9',
      'Candidate 0 of request 9 has the propensity 1.01, which is not above 0 and at most 1.',
    ],
    [
      'UPDATE candidate SET logged_position = -1 WHERE request_id = 9',
      'Candidate 0 of request 9 has the logged position -1, which is not a place.',
    ],
    [
      'UPDATE candidate SET logged_score = 9e999 WHERE request_id = 9',
      'Candidate 0 of request 9 has the logged score Infinity, which is not a finite number.',
    ],
    [
      'UPDATE request SET features = zeroblob(4) WHERE request_id = 9',
      'Request 9 has 4 bytes of features where its candidates need 8.',
    ],
    [
      `UPDATE request SET feedback = 'text' WHERE request_id = 9`,
      'Request 9 has 0 bytes of feedback where its candidates need 8.',
    ],
    [
      `UPDATE request SET features = ${blob(1, 2, 3, Number.NaN, 5, 6)} WHERE request_id = 10`,
      'Request 10, candidate 1, watched: the feature is NaN, not a finite number.',
    ],
    [
      `UPDATE request SET features = ${blob(1, -Infinity)} WHERE request_id = 9`,
      'Request 9, candidate 0, watched: the feature is -Infinity, not a finite number.',
    ],
    [
      `UPDATE request SET feedback = ${blob(0.5, 5)} WHERE request_id = 9`,
      'Request 9, candidate 0, like: the signal is 0.5, not 0, 1 or NaN.',
    ],
    [
      `UPDATE request SET feedback = ${blob(1, Infinity)} WHERE request_id = 9`,
      'Request 9, candidate 0, play_ms: the amount is Infinity, not a finite number or NaN.',
    ],
  ])('of a snapshot after %s says so in one sentence', (sql, problem) => {
    const { ok, problems, complete } = checkSnapshot(tamper(smallSnapshot(), sql));
    expect({ ok, complete }).toEqual({ ok: false, complete: true });
    expect(problems).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
    expect(problems.every((sentence) => /^[A-Z_a-z].*\.$/.test(sentence))).toBe(true);
  });

  it('names a request without candidates', () => {
    const path = tamper(
      smallSnapshot(),
      `DELETE FROM candidate WHERE request_id = 9; UPDATE request SET candidate_count = 0, features = x'', feedback = x'' WHERE request_id = 9`,
    );
    expect(checkSnapshot(path).problems).toEqual(['Request 9 has no candidates.']);
  });

  it('names a table that is empty', () => {
    const path = tamper(smallSnapshot(), "DELETE FROM signal; UPDATE request SET feedback = x''");
    expect(checkSnapshot(path).problems).toEqual(['The table signal is empty.']);
  });

  it('says of damaged pages what SQLite says, as a sentence', () => {
    const path = smallSnapshot();
    truncateSync(path, 8 * 8192);
    appendFileSync(path, Buffer.alloc(30 * 8192, 0x5a));
    const { problems } = checkSnapshot(path);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/damaged|cannot be read as a snapshot/);
  });

  it('stops at the number of problems it was asked for and says that there may be more', () => {
    const path = tamper(smallSnapshot(), 'DELETE FROM item');
    const check = checkSnapshot(path, 3);
    expect(check.problems).toHaveLength(3);
    expect(check.complete).toBe(false);
    expect(() => requireSound(check)).toThrow(/the first of at least 3 problems/);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StatesideError } from '../../../shared/domain/error.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { verifyCheckpointNote } from '../../../electron/services/audit/checkpoint-key.ts';
import { proveEntry, readProvenEntry } from '../../../electron/services/audit/prove.ts';
import { decodeUtf8 } from '../../../electron/services/signoff/base64.ts';
import { readRosterChain } from '../../../electron/services/signoff/roster-chain.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import { gate, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

const roster = readFileSync(join(PEOPLE, 'roster.json'), 'utf8');
let world: World;
let record: string;

beforeAll(async () => {
  world = await openWorld();
  const releaseDigest = world.release;
  const { statement } = await world.signoff.freeze({ releaseDigest, replayId: world.replay([gate('pass')]) });
  const decision = { releaseDigest, statementDigest: statement?.digest ?? '', passphrase: PASSPHRASE };
  for (const person of ['dana.whitfield', 'joel.abernathy']) {
    const keyId = world.keyOf(person);
    await world.signoff.sign({
      ...decision,
      keyId,
      decision: 'approve',
      reason: 'I looked.',
      conditions: '',
    });
  }
  record = (await world.signoff.record({ releaseDigest })).json;
});
afterAll(() => world.close());

/** The same places and changes every time: a linear congruential generator (Numerical Recipes). */
function* numbers(): Generator<number, never> {
  for (let state = 26; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

/** How many of `rounds` single-byte changes `verifies` takes though they change what the text says. */
function survivors(
  text: string,
  rounds: number,
  says: (text: string) => string | null,
  verifies: (text: string) => boolean,
): number {
  const bytes = Buffer.from(text);
  const random = numbers();
  const meant = says(text);
  let survived = 0;
  for (let round = 0; round < rounds; round += 1) {
    const place = random.next().value % bytes.length;
    const was = bytes[place] ?? 0;
    bytes[place] = was ^ (1 + ((random.next().value >>> 8) % 255));
    const changed = decodeUtf8(bytes);
    if (changed !== null && says(changed) !== meant && verifies(changed)) survived += 1;
    bytes[place] = was;
  }
  return survived;
}

/** What a JSON document says, whatever its white space. */
function meaning(text: string): string | null {
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return null;
  }
}

const asIs = (text: string): string => text;

describe('of 100,000 single changed bytes', () => {
  it('none in a record verifies', () => {
    const rosters = [{ name: 'roster.json', text: roster }];
    expect(verifyRecord({ record, rosters }).ok).toBe(true);
    expect(survivors(record, 15_000, meaning, (text) => verifyRecord({ record: text, rosters }).ok)).toBe(0);
  }, 400_000);

  it('none in a roster verifies', () => {
    const verifies = (text: string): boolean => {
      try {
        return readRosterChain([{ name: 'roster.json', text }]).versions.length === 1;
      } catch (error) {
        if (error instanceof StatesideError) return false;
        throw error;
      }
    };
    expect(verifies(roster)).toBe(true);
    expect(survivors(roster, 20_000, meaning, verifies)).toBe(0);
  }, 400_000);

  it('none in a head of the log or in the proof of an entry verifies', () => {
    const { key } = world.log;
    const note = world.log.checkpoint()?.note ?? '';
    const proof = proveEntry(world.log, 1);
    expect([verifyCheckpointNote(note, key), readProvenEntry(proof, key)]).not.toContain(null);
    expect(survivors(note, 25_000, asIs, (text) => verifyCheckpointNote(text, key) !== null)).toBe(0);
    expect(survivors(proof, 25_000, asIs, (text) => readProvenEntry(text, key) !== null)).toBe(0);
  }, 400_000);

  it('none in an entry of the log verifies', () => {
    const { db } = world.workspace;
    db.exec('DROP TRIGGER log_entry_no_update');
    const update = db.prepare('UPDATE log_entry SET entry = ? WHERE seq = 1');
    const entry = String(db.prepare('SELECT entry FROM log_entry WHERE seq = 1').pluck().get());
    const verifies = (text: string): boolean => {
      update.run(text);
      return world.log.verify().ok;
    };
    db.exec('PRAGMA synchronous = OFF');
    expect(survivors(entry, 15_000, asIs, verifies)).toBe(0);
    expect(verifies(entry)).toBe(true);
  }, 400_000);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importRoster } from '../../../electron/services/signoff/import-roster.ts';
import { unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { rosterForks } from '../../../electron/services/signoff/roster-alarm.ts';
import { readRosterChain, readRosterVersions } from '../../../electron/services/signoff/roster-chain.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const count = (table: string): unknown =>
  world.workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('a roster that is imported', () => {
  const text = readFileSync(join(PEOPLE, 'roster.json'), 'utf8');
  const roots = ['ines.calloway', 'theo.marchetti'].map((person) =>
    unlockKey(readFileSync(join(PEOPLE, 'keys', `${person}.pem`), 'utf8'), PASSPHRASE),
  );
  const first = [{ name: 'roster.json', text }];
  const second = (issuedAt: string) =>
    signRoster(nextRoster(readRosterChain(first), {}, issuedAt), roots, first);
  const take = (version: string) => importRoster(world.workspace.db, world.log, version, 'ada', NOW);

  it('continues the chain; going back, a fork and a missing version are refused and leave only an entry of the log', () => {
    const [two, fork] = [second('2026-09-01T00:00:00Z'), second('2026-09-02T00:00:00Z')];
    expect(take(two).roster.version).toBe(2);
    expect(() => take(text)).toThrow('version 1 is here already, and version 2 is in force');
    expect(() => take(fork)).toThrow('FORK: there is another roster version 2');
    const chain = readRosterChain([...first, { name: 'two', text: fork }]);
    const three = signRoster(nextRoster(chain, {}, '2026-09-03T00:00:00Z'), roots, [
      ...first,
      { name: 'two', text: fork },
    ]);
    expect(() => take(three)).toThrow('FORK: roster version 3 names another previous version');
    expect(count('roster')).toBe(2);
    expect(() => take(fork)).toThrow('FORK');
    const { rows } = world.log.entries({ offset: 0, limit: 9, search: '', action: 'roster.alarm' });
    expect(rows.map(({ subject, body }) => [subject, JSON.parse(body)])).toMatchObject([
      [readRosterVersions([{ name: 'three', text: three }])[0]?.digest, { version: 3, kind: 'fork' }],
      [chain.digest, { version: 2, kind: 'fork' }],
      [readRosterChain(first).digest, { version: 1, kind: 'rollback' }],
    ]);
    expect(rosterForks(world.workspace.db).map(({ alarm }) => alarm)).toEqual([
      expect.stringContaining('roster version 3 names another previous version'),
      expect.stringContaining('another roster version 2'),
    ]);
    expect(world.log.verify().ok).toBe(true);
  });

  it('of strangers, or cut short of signatures, raises no alarm and is refused', () => {
    take(second('2026-09-01T00:00:00Z'));
    const before = count('log_entry');
    const whole = DsseEnvelope.parse(JSON.parse(second('2026-09-02T00:00:00Z')));
    const half = JSON.stringify({ ...whole, signatures: whole.signatures.slice(1) });
    expect(() => take(half)).toThrow('its roots did not sign it');
    expect(count('log_entry')).toBe(before);
  });
});

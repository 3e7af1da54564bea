import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { deedsIn } from './deeds.ts';
import { gate, NOW, openWorld, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const { freeze, decide, refusedWith } = deedsIn(
  () => world,
  () => clock,
);

describe('evidence frozen before statements named their gates', () => {
  it('is no evidence any more, and stops nobody from freezing anew', async () => {
    await freeze();
    const { db } = world.workspace;
    db.exec('DROP TRIGGER statement_no_update');
    db.exec(`UPDATE statement SET payload = json_remove(payload, '$.predicate.gateRules')`);
    expect((await world.signoff.get({ releaseDigest: world.release })).statement).toBeNull();
    clock = '2026-10-02T12:00:00.000Z';
    expect((await freeze()).statement).not.toBeNull();
  });
});

describe('stale evidence', () => {
  it('made with other gates is marked, not frozen, and what was frozen from it is not signed', async () => {
    await freeze();
    const { gates } = workspacePaths(world.workspace.folder);
    writeFileSync(gates, readFileSync(gates, 'utf8').replace('revision: 1', 'revision: 2'));
    const stale = await world.signoff.get({ releaseDigest: world.release });
    expect(stale.replays[0]?.staleBecause).toContain('judged by other gates');
    expect(stale.statement?.staleBecause).toContain('revision 1, now 2');
    await refusedWith(/gates changed since/, () => decide('dana.whitfield'));
    await expect(
      world.signoff.freeze({ releaseDigest: world.release, replayId: 'replay-1' }),
    ).rejects.toThrow('judged by other gates');
    await freeze();
    expect((await decide('dana.whitfield')).approvals).toBe(1);
  });

  it('made for other bytes of the version, or on another snapshot than the statement, is marked', async () => {
    const { db } = world.workspace;
    await freeze();
    const other = 'e'.repeat(64);
    db.exec(`INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count)
      SELECT '${other}', name, version, team, manifest, 'draft', imported_at, bytes, file_count FROM release
      WHERE digest = '${world.release}'`);
    const bytes = world.replay([gate('pass')]);
    db.prepare('UPDATE replay SET candidate_digest = ? WHERE id = ?').run(other, bytes);
    const snapshot = world.replay([gate('pass')]);
    db.prepare(
      `UPDATE replay SET report = json_set(report, '$.snapshot.digest', ?, '$.snapshot.name', 'june') WHERE id = ?`,
    ).run('f'.repeat(64), snapshot);
    const { replays } = await world.signoff.get({ releaseDigest: world.release });
    const because = new Map(replays.map(({ id, staleBecause }) => [id, staleBecause]));
    expect(because.get('replay-1')).toBeNull();
    expect(because.get(bytes)).toContain('other bytes of this version');
    expect(because.get(snapshot)).toContain('made on the snapshot june');
    await expect(world.signoff.freeze({ releaseDigest: world.release, replayId: bytes })).rejects.toThrow(
      'other bytes',
    );
  });
});

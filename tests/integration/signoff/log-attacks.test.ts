import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, workspacePaths } from '../../../electron/database/workspace/open.ts';
import { openCheckpointSigner } from '../../../electron/services/audit/checkpoint-key.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { sha256 } from '../../../electron/services/signoff/digest.ts';
import { Frontier, leafHash } from '../../../shared/domain/log/merkle.ts';
import { gate, NOW, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const freeze = () =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay([gate('pass')]) });

describe('whoever owns the file but not the key', () => {
  it('rewrites entries, links, hashes and roots to fit, and is found by the heads', () => {
    const { db } = world.workspace;
    world.workspace.db.transaction(() => {
      for (const subject of ['one', 'two', 'three'])
        world.log.append({ at: NOW, actor: 'ada', action: 'test.note', subject, body: null });
    })();
    db.exec('DROP TRIGGER log_entry_no_update; DROP TRIGGER log_checkpoint_no_update');
    const folder = mkdtempSync(join(tmpdir(), 'stateside-forger-'));
    const keyFile = join(folder, 'key.pem');
    writeFileSync(
      keyFile,
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    const forger = openCheckpointSigner(keyFile);
    rmSync(folder, { recursive: true });
    const frontier = new Frontier(sha256);
    let previous: string | null = null;
    for (const row of db.prepare('SELECT seq, entry FROM log_entry ORDER BY seq').raw().all()) {
      const [seq, text] = Array.isArray(row) ? row : [];
      const entry = { ...JSON.parse(String(text).replaceAll('ada', 'eve')), previous };
      const rewritten = JSON.stringify(entry);
      const leaf = leafHash(sha256, Buffer.from(rewritten));
      previous = Buffer.from(leaf).toString('hex');
      frontier.append(leaf);
      const root = Buffer.from(frontier.root()).toString('base64');
      db.prepare('UPDATE log_entry SET actor = ?, entry = ?, leaf_hash = ? WHERE seq = ?').run(
        entry.actor,
        rewritten,
        previous,
        seq,
      );
      const size = Number(seq) + 1;
      db.prepare('UPDATE log_checkpoint SET root = ?, note = ? WHERE size = ?').run(
        root,
        forger.sign({ size, root }),
        size,
      );
    }
    const bad = world.log.verify().steps.filter(({ ok }) => !ok);
    expect(bad.map(({ title }) => title)).toEqual(['Heads']);
    expect(bad[0]?.detail).toBe("the head of 1 entries is not signed by the log's key");
  });

  it('rewinds the log to an older copy of it, and is found by the statement that people signed over', async () => {
    const { db } = world.workspace;
    const append = db.transaction((subject: string) =>
      world.log.append({ at: NOW, actor: 'ada', action: 'test.note', subject, body: null }),
    );
    for (const subject of ['one', 'two', 'three']) append(subject);
    await freeze();
    for (const table of ['log_entry', 'log_checkpoint']) db.exec(`DROP TRIGGER ${table}_no_delete`);
    db.exec(
      'DELETE FROM log_text; DELETE FROM log_entry WHERE seq > 1; DELETE FROM log_checkpoint WHERE size > 2',
    );
    const bad = world.log.verify().steps.filter(({ ok }) => !ok);
    expect(bad.map(({ title }) => title)).toEqual(['Statements']);
    expect(bad[0]?.detail).toMatch(
      /^REWOUND: the statement [0-9a-f]{12}… holds a signed head of 4 entries, here are 2$/,
    );
    for (const subject of ['four', 'five', 'six']) append(subject);
    expect(world.log.verify().steps.find(({ ok }) => !ok)?.detail).toMatch(/^FORK: the statement /);
  });

  it('puts the database of another workspace in its place, and is found by the heads', async () => {
    const other = await openWorld();
    other.workspace.db.pragma('wal_checkpoint(TRUNCATE)');
    const copy = mkdtempSync(join(tmpdir(), 'stateside-swapped-'));
    const [here, there, theirs] = [world.workspace.folder, copy, other.workspace.folder].map(workspacePaths);
    if (here === undefined || there === undefined || theirs === undefined) throw new Error('no paths');
    copyFileSync(theirs.database, there.database);
    copyFileSync(here.logKey, there.logKey);
    copyFileSync(here.gates, there.gates);
    const swapped = openWorkspace(copy);
    expect(
      openAuditLog(swapped)
        .verify()
        .steps.find(({ ok }) => !ok)?.title,
    ).toBe('Heads');
    swapped.close();
    other.close();
    rmSync(copy, { recursive: true });
  });
});

import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, workspacePaths } from '../../../electron/database/workspace/open.ts';
import { openCheckpointSigner } from '../../../electron/services/audit/checkpoint-key.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { sha256 } from '../../../electron/services/signoff/digest.ts';
import { importRoster } from '../../../electron/services/signoff/import-roster.ts';
import { unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { rosterForks } from '../../../electron/services/signoff/roster-alarm.ts';
import { readRosterChain, readRosterVersions } from '../../../electron/services/signoff/roster-chain.ts';
import { Frontier, leafHash } from '../../../shared/domain/log/merkle.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const count = (table: string): unknown =>
  world.workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const freeze = () =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay([gate('pass')]) });

/** Signs in a process of its own; answers what it printed and the signal that ended it. */
function signApart(
  person: string,
  dieAt = '',
  deed = 'approve',
): Promise<{ printed: string; signal: string | null }> {
  const script = join(import.meta.dirname, '../../fixtures/signoff/writer.ts');
  const args = [script, world.workspace.folder, world.release, world.keyOf(person), dieAt, deed];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  return new Promise((resolve) => {
    child.on('close', (_code, signal) => resolve({ printed: printed.trim(), signal }));
  });
}

describe('two processes that sign at once', () => {
  it('both count when they are two people, in one unbroken log', async () => {
    await freeze();
    const done = await Promise.all(['dana.whitfield', 'joel.abernathy'].map((person) => signApart(person)));
    expect(done.map(({ printed }) => printed)).toEqual(['signed', 'signed']);
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ verdict: 'approved' });
    expect(world.log.verify().ok).toBe(true);
  });

  it('count once when they are one person', async () => {
    await freeze();
    const done = await Promise.all([signApart('dana.whitfield'), signApart('dana.whitfield')]);
    const [first, second] = done.map(({ printed }) => printed).toSorted((a, b) => a.length - b.length);
    expect(first).toBe('signed');
    expect(second).toContain('decided already');
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ approvals: 1 });
    expect(world.log.verify().ok).toBe(true);
  });
});

describe('a kill in the midst of signing', () => {
  it.each([
    'INSERT ON signoff',
    'UPDATE ON release',
    'INSERT ON log_entry',
    'INSERT ON log_text',
    'INSERT ON log_checkpoint',
  ])('at %s leaves nothing, and the next try does it all', async (dieAt) => {
    await freeze();
    expect((await signApart('joel.abernathy')).printed).toBe('signed');
    const tables = ['signoff', 'log_entry', 'log_text', 'log_checkpoint'];
    const before = tables.map(count);
    expect(await signApart('dana.whitfield', dieAt)).toEqual({ printed: '', signal: 'SIGKILL' });
    expect(tables.map(count)).toEqual(before);
    expect(world.log.verify().ok).toBe(true);
    expect((await signApart('dana.whitfield')).printed).toBe('signed');
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ verdict: 'approved' });
  });
});

describe('a kill in the midst of moving a release', () => {
  it.each([
    'INSERT ON release_action',
    'UPDATE ON release',
    'INSERT ON log_entry',
    'INSERT ON log_text',
    'INSERT ON log_checkpoint',
  ])('at %s leaves nothing, and the next try does it all', async (dieAt) => {
    const tables = ['release_action', 'log_entry', 'log_text', 'log_checkpoint'];
    const before = tables.map(count);
    expect(await signApart('mara.quinones', dieAt, 'withdraw')).toEqual({ printed: '', signal: 'SIGKILL' });
    expect(tables.map(count)).toEqual(before);
    expect((await world.signoff.get({ releaseDigest: world.release })).state).toBe('in review');
    expect((await signApart('mara.quinones', '', 'withdraw')).printed).toBe('signed');
    expect((await world.signoff.get({ releaseDigest: world.release })).state).toBe('withdrawn');
    expect(world.log.verify().ok).toBe(true);
  });

  it('and two processes that move it at once move it once', async () => {
    const done = await Promise.all([1, 2].map(() => signApart('mara.quinones', '', 'withdraw')));
    expect(done.filter(({ printed }) => printed === 'signed')).toHaveLength(1);
    expect(count('release_action')).toBe(1);
    expect(world.log.verify().ok).toBe(true);
  });
});

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

describe('bytes that can be read in two ways', () => {
  const decided = async () => {
    const { statement } = await freeze();
    await world.signoff.sign({
      releaseDigest: world.release,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf('dana.whitfield'),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'I looked.',
      conditions: '',
    });
    return world.signoff.handOver({ releaseDigest: world.release });
  };

  it.each([
    ['a key that stands twice', (json: string) => json.replace('{', '{"payloadType": "x",')],
    ['the same key by an escape', (json: string) => json.replace('{', '{"payload\\u0054ype": "x",')],
    ['a byte order mark', (json: string) => `\ufeff${json}`],
    ['a lone surrogate', (json: string) => json.replace('"payloadType"', '"\\ud800": 1, "payloadType"')],
    ['something after the end', (json: string) => `${json} {}`],
  ])('by %s are refused everywhere', async (_, change) => {
    const { json } = await decided();
    const text = change(json);
    await expect(world.signoff.collect({ json: text })).rejects.toThrow();
    expect((await world.signoff.verify({ json: text })).ok).toBe(false);
  });

  it('by a homoglyph in a name are another person’s or nobody’s', async () => {
    const { json } = await decided();
    const record = JSON.parse(json);
    const [signoff] = record.signoffs;
    const text = Buffer.from(signoff.payload, 'base64').toString().replace('dana', 'd\u0430na');
    signoff.payload = Buffer.from(text).toString('base64');
    await expect(world.signoff.collect({ json: JSON.stringify(record) })).rejects.toThrow('proves nothing');
  });

  it('as another type of payload are not taken: an action is no sign-off, and a sign-off no action', async () => {
    const { json } = await decided();
    await world.signoff.act({
      releaseDigest: world.release,
      action: 'withdraw',
      reason: 'Not needed.',
      signers: [{ keyId: world.keyOf('mara.quinones'), passphrase: PASSPHRASE }],
    });
    const { history } = await world.signoff.get({ releaseDigest: world.release });
    const record = JSON.parse(json);
    const confused = { ...record, signoffs: [JSON.parse(history[0]?.json ?? '')] };
    await expect(world.signoff.collect({ json: JSON.stringify(confused) })).rejects.toThrow('proves nothing');
    const { db } = world.workspace;
    db.exec('DROP TRIGGER release_action_no_update');
    db.prepare('UPDATE release_action SET envelope = ?').run(JSON.stringify(record.signoffs[0]));
    expect((await world.signoff.get({ releaseDigest: world.release })).history).toEqual([]);
  });

  it('as an action signed for another place in the history prove nothing', async () => {
    const { db } = world.workspace;
    await world.signoff.act({
      releaseDigest: world.release,
      action: 'withdraw',
      reason: 'Not needed.',
      signers: [{ keyId: world.keyOf('mara.quinones'), passphrase: PASSPHRASE }],
    });
    db.exec(`INSERT INTO release_action (release_digest, action, at, envelope)
      SELECT release_digest, action, at, envelope FROM release_action`);
    const { history } = await world.signoff.get({ releaseDigest: world.release });
    expect(history.map(({ unprovenBecause }) => unprovenBecause)).toEqual([
      null,
      'it was signed to stand after another action',
    ]);
  });
});

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

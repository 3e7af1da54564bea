import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createWorkspaceFile } from '../../electron/database/workspace/file.ts';
import { workerFiles } from '../../electron/installed-files.ts';
import { AuditLog } from '../../electron/services/audit/audit-log.ts';
import { openCheckpointSigner, type CheckpointSigner } from '../../electron/services/audit/checkpoint-key.ts';
import { verifyLong } from '../../electron/services/audit/verify-long.ts';
import { sha256 } from '../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../electron/services/signoff/package/collect.ts';
import { readPackageZip, zipPackage } from '../../electron/services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../electron/services/signoff/package/verify-package.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { entryText } from '../../shared/domain/log/entry.ts';
import { Frontier, leafHash } from '../../shared/domain/log/merkle.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE } from '../integration/signoff/world.ts';
import { atLeast, below, figure, median, type Figure } from './figures.ts';

const ENTRIES = 1_000_000;
const APPENDS = 300;
const GROWING = 1000;
const EVENT = { at: NOW, actor: 'dana.whitfield', action: 'replay.finish', subject: 'a'.repeat(64) };
const BODY = { reportDigest: 'b'.repeat(64) };

/** Verifying a record with its proofs, appending to the log against bare inserts, and verifying a long log. */
export async function benchSignoff(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-bench-'));
  try {
    const keyFile = join(folder, 'log-key.pem');
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const signer = openCheckpointSigner(keyFile);
    return [
      await verifyRecordFigure(folder),
      ...appendFigures(folder, signer),
      ...(await verifyLogFigures(folder, signer)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function verifyRecordFigure(folder: string): Promise<Figure> {
  const world = await openWorld();
  try {
    const releaseDigest = world.release;
    const { statement } = await world.signoff.freeze({
      releaseDigest,
      replayId: world.replay([gate('pass')]),
    });
    const decision = { releaseDigest, statementDigest: statement?.digest ?? '', passphrase: PASSPHRASE };
    for (const person of ['dana.whitfield', 'joel.abernathy']) {
      const keyId = world.keyOf(person);
      await world.signoff.sign({ ...decision, keyId, decision: 'approve', reason: 'Bench.', conditions: '' });
    }
    const { json } = await world.signoff.record({ releaseDigest });
    const zip = join(folder, 'record.zip');
    writeFileSync(zip, zipPackage(collectPackage(world.workspace, world.log, json, NOW)));
    const rosters = [{ name: 'roster.json', text: readFileSync(join(PEOPLE, 'roster.json'), 'utf8') }];
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const from = performance.now();
      if (!verifyPackage(await readPackageZip(zip), { rosters }).ok)
        throw new Error('the record does not verify');
      times.push(performance.now() - from);
    }
    return below('verify a record package with its proofs', median(times), 'ms', 300);
  } finally {
    world.close();
  }
}

/**
 * Rounds of each in turn, so that whatever else the disk does meets both alike; after as many as make SQLite's log of
 * either file grow to its full length, because the first inserts of a file pay for that.
 */
function appendFigures(folder: string, signer: CheckpointSigner): Figure[] {
  const db = createWorkspaceFile(join(folder, 'append.sqlite'));
  const bare = new Database(join(folder, 'bare.sqlite'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec('CREATE TABLE entry (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const statement = bare.prepare('INSERT INTO entry (text) VALUES (?)');
  const text = entryText({ ...EVENT, seq: 1, previous: 'c'.repeat(64) }, JSON.stringify(BODY));
  const log = new AuditLog(db, signer);
  const insert = () => statement.run(text);
  const append = db.transaction(() => log.append({ ...EVENT, body: BODY })).immediate;
  for (const work of [insert, append]) elapsed(work, GROWING);
  const plain: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const took = elapsed(insert, APPENDS);
    plain.push(took / APPENDS);
    ratios.push((100 * took) / elapsed(append, APPENDS));
  }
  db.close();
  bare.close();
  const signing = elapsed(() => signer.sign({ size: 1, root: `${'A'.repeat(43)}=` }), GROWING) / GROWING;
  return [
    atLeast('log appends per bare synced insert', median(ratios), '%', 60),
    figure('a bare synced insert', 1000 * median(plain), 'µs'),
    figure('signing the head of an append', 1000 * signing, 'µs'),
  ];
}

/** As the window and the command line verify it, the start of the threads included. */
async function verifyLogFigures(folder: string, signer: CheckpointSigner): Promise<Figure[]> {
  const path = join(folder, 'long.sqlite');
  const db = createWorkspaceFile(path);
  writeLog(db, signer);
  db.close();
  const pool = new WorkerPool(workerFiles.replay);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const log = { path, key: signer.key, everyHead: false, shared };
  const before = process.memoryUsage().rss;
  const from = performance.now();
  if (!(await verifyLong(pool, log)).ok) throw new Error('the long log does not verify');
  const seconds = (performance.now() - from) / 1000;
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  await pool.close();
  return [
    below('verify a log of a million entries', seconds, 's', 5),
    below('memory that takes', Math.max(0, grown), 'MiB', 128),
  ];
}

/** A long log as `AuditLog` writes it, but with signatures only on those heads that a verification reads. */
function writeLog(db: Database.Database, signer: CheckpointSigner): void {
  const frontier = new Frontier(sha256);
  const entry = db.prepare('INSERT INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const head = db.prepare('INSERT INTO log_checkpoint VALUES (?, ?, ?, ?)');
  let previous: string | null = null;
  let note = '';
  const { at, actor, action, subject } = EVENT;
  db.transaction(() => {
    for (let seq = 0; seq < ENTRIES; seq += 1) {
      const text = entryText({ ...EVENT, seq, previous }, JSON.stringify(BODY));
      const leaf = leafHash(sha256, Buffer.from(text));
      previous = Buffer.from(leaf).toString('hex');
      entry.run(seq, at, actor, action, subject, JSON.stringify(BODY), previous, text);
      frontier.append(leaf);
      const size = seq + 1;
      const root = Buffer.from(frontier.root()).toString('base64');
      if (size % 1024 === 0 || size > ENTRIES - 1024) note = signer.sign({ size, root });
      head.run(size, root, note, at);
    }
  })();
}

function elapsed(work: () => unknown, times: number): number {
  const from = performance.now();
  for (let round = 0; round < times; round += 1) work();
  return performance.now() - from;
}

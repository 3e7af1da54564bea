import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { createWorkspaceFile } from '../../electron/database/workspace/file.ts';
import { AuditLog } from '../../electron/services/audit/audit-log.ts';
import { openCheckpointSigner, type CheckpointSigner } from '../../electron/services/audit/checkpoint-key.ts';
import { sha256 } from '../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../electron/services/signoff/package/collect.ts';
import { readPackageZip, zipPackage } from '../../electron/services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../electron/services/signoff/package/verify-package.ts';
import { entryText } from '../../shared/domain/log/entry.ts';
import { Frontier, leafHash } from '../../shared/domain/log/merkle.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE } from '../integration/signoff/world.ts';
import { atLeast, below, figure, median, type Figure } from './figures.ts';

/** The memory of a verification is told for both, so that it is seen not to grow with the log. */
const LONG_LOGS = { 'a quarter of a million': 250_000, 'a million': 1_000_000 };
const APPENDS = 300;
const GROWING = 1000;
const CHILD = join(import.meta.dirname, 'log-child.ts');
const Verified = z.object({ ok: z.literal(true), seconds: z.number(), grown: z.number() });
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

/** As the window and the command line verify them, the start of the threads included. */
async function verifyLogFigures(folder: string, signer: CheckpointSigner): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [words, entries] of Object.entries(LONG_LOGS)) {
    const path = join(folder, `${entries}.sqlite`);
    const db = createWorkspaceFile(path);
    writeLog(db, signer, entries);
    db.close();
    const { seconds, grown } = await verifyInChild(path, signer.key);
    figures.push(
      below(`verify a log of ${words} entries`, seconds, 's', 5),
      below(`memory that takes, at ${words}`, grown, 'MiB', 128),
    );
  }
  return [...figures, ...pageFigures(join(folder, `${LONG_LOGS['a million']}.sqlite`), signer)];
}

/** What the page of a log of a million entries asks for. In the window a thread of its own answers all of it. */
function pageFigures(path: string, signer: CheckpointSigner): Figure[] {
  const db = new Database(path, { readonly: true });
  const log = new AuditLog(db, signer);
  const asked = { search: '', offset: 0, limit: 100 };
  const { at: from, actor } = EVENT;
  const first = elapsed(() => log.entries(asked), 1);
  const made = elapsed(() => log.facets(), 1);
  const counted = elapsed(() => log.entries({ ...asked, offset: 500_000, actor, from }), 9) / 9;
  const facets = elapsed(() => log.facets(), 9) / 9;
  const search = elapsed(() => log.entries({ ...asked, search: 'nowhere' }), 1);
  db.close();
  return [
    figure('first page of a million entries', first, 'ms'),
    figure('reading when and whose all of them are, once', made, 'ms'),
    below('a filtered page in their middle, with its count', counted, 'ms', 100),
    below('who acted and what was done in them', facets, 'ms', 100),
    figure('a word looked for in all of them', search, 'ms'),
  ];
}
/** In a process of its own, because one that made the log before holds memory that it may use again. */
async function verifyInChild(path: string, key: string): Promise<z.infer<typeof Verified>> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, path, key]);
  return Verified.parse(JSON.parse(stdout));
}

/** A long log as `AuditLog` writes it, but with signatures only on those heads that a verification reads. */
function writeLog(db: Database.Database, signer: CheckpointSigner, entries: number): void {
  const frontier = new Frontier(sha256);
  const entry = db.prepare('INSERT INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const head = db.prepare('INSERT INTO log_checkpoint VALUES (?, ?, ?, ?)');
  let previous: string | null = null;
  let note = '';
  const { at, actor, action, subject } = EVENT;
  db.transaction(() => {
    for (let seq = 0; seq < entries; seq += 1) {
      const text = entryText({ ...EVENT, seq, previous }, JSON.stringify(BODY));
      const leaf = leafHash(sha256, Buffer.from(text));
      previous = Buffer.from(leaf).toString('hex');
      entry.run(seq, at, actor, action, subject, JSON.stringify(BODY), previous, text);
      frontier.append(leaf);
      const size = seq + 1;
      const root = Buffer.from(frontier.root()).toString('base64');
      if (size % 1024 === 0 || size > entries - 1024) note = signer.sign({ size, root });
      head.run(size, root, note, at);
    }
  })();
}

function elapsed(work: () => unknown, times: number): number {
  const from = performance.now();
  for (let round = 0; round < times; round += 1) work();
  return performance.now() - from;
}

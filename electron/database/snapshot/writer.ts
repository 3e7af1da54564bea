import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { badInput, refused } from '../../../shared/domain/error.ts';
import type { Attributes, IdOrder } from '../../../shared/domain/ranking/request.ts';
import {
  SNAPSHOT_APPLICATION_ID,
  SNAPSHOT_VERSION,
  SnapshotMeta,
  type Feature,
  type Signal,
} from '../../../shared/domain/snapshot/meta.ts';
import { floatBlob } from './float-blob.ts';
import { storedId } from './ids.ts';
import { snapshotSchema, type IdTypes } from './schema.ts';

export interface SnapshotContent {
  readonly meta: SnapshotMeta;
  /** In the order of the model's input columns. */
  readonly features: readonly Feature[];
  readonly signals: readonly Signal[];
  /** How ids are stored, 'text' when left out; settles how ties between items are broken. */
  readonly idOrder?: IdOrder;
  /** The same for request ids alone, when they differ from the others. */
  readonly requestIdOrder?: IdOrder;
  /** Replace a file that is already there; refused when left out. */
  readonly overwrite?: boolean;
}

export interface NewUser {
  readonly userId: string;
  readonly region: string;
  readonly attributes: Attributes;
}

export interface NewItem {
  readonly itemId: string;
  readonly authorId: string | null;
  readonly caption: string;
  readonly category: string | null;
  readonly language: string | null;
  readonly durationMs: number;
  readonly uploadedAt: string | null;
  readonly attributes: Attributes;
}

export interface NewLabel {
  readonly itemId: string;
  readonly label: string;
  readonly source: string;
  readonly confidence: number | null;
}

export interface NewCandidate {
  readonly itemId: string;
  readonly inNetwork: 0 | 1;
  readonly loggedPosition: number | null;
  readonly loggedScore: number | null;
  readonly propensity: number | null;
}

export interface NewRequest {
  readonly requestId: string;
  readonly userId: string;
  readonly requestedAt: string;
  readonly surface: string;
  /** Their places become the ordinals 0, 1, 2, … */
  readonly candidates: readonly NewCandidate[];
  /** Row-major [candidates × features]. */
  readonly features: Float32Array;
  /** Row-major [candidates × signals], NaN where nothing was observed. */
  readonly feedback: Float32Array;
}

type Stored = string | number | bigint | null;

/**
 * Builds a snapshot beside its target and moves it there when `finish` is called, so that a target is whole or
 * absent. The same content added in the same order gives the same bytes. Call `abandon` when the build fails.
 */
export class SnapshotWriter {
  readonly #path: string;
  readonly #building: string;
  readonly #content: SnapshotContent;
  readonly #ids: IdTypes;
  readonly #db: Database.Database;
  readonly #user: Database.Statement<Stored[]>;
  readonly #item: Database.Statement<Stored[]>;
  readonly #label: Database.Statement<Stored[]>;
  readonly #still: Database.Statement<[Stored, string, Uint8Array]>;
  readonly #request: Database.Statement<(Stored | Uint8Array)[]>;
  readonly #candidate: Database.Statement<Stored[]>;

  /** Starts a snapshot that will stand at `path`. Throws when a file stands there and may not be replaced. */
  static create(path: string, content: SnapshotContent): SnapshotWriter {
    return new SnapshotWriter(path, content);
  }

  private constructor(path: string, content: SnapshotContent) {
    this.#path = path;
    this.#content = content;
    this.#refuseExisting();
    if (!existsSync(dirname(path))) {
      throw badInput(
        `${path} cannot be written, because the folder ${dirname(path)} does not exist; create it first.`,
      );
    }
    const meta = SnapshotMeta.parse(content.meta);
    const items = content.idOrder ?? 'text';
    this.#ids = { request: content.requestIdOrder ?? items, user: items, item: items };
    this.#building = join(dirname(path), `.${basename(path)}.${randomUUID()}.building`);
    const db = this.#begin();
    this.#db = db;
    try {
      db.pragma('page_size = 8192');
      db.pragma('journal_mode = MEMORY');
      db.pragma('synchronous = OFF');
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma(`application_id = ${SNAPSHOT_APPLICATION_ID}`);
      db.pragma(`user_version = ${SNAPSHOT_VERSION}`);
      db.exec('BEGIN');
      db.exec(snapshotSchema(this.#ids));
      const insert = (table: string, columns: number) =>
        db.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`);
      const addMeta = insert('snapshot_meta', 2);
      for (const [key, value] of Object.entries(meta)) addMeta.run(key, value);
      const addFeature = insert('feature', 3);
      content.features.forEach((feature, at) => addFeature.run(at, feature.name, feature.description));
      const addSignal = insert('signal', 5);
      content.signals.forEach((signal, at) =>
        addSignal.run(at, signal.name, signal.kind, signal.polarity, signal.description),
      );
      this.#user = insert('user', 3);
      this.#item = insert('item', 8);
      this.#label = insert('item_label', 4);
      this.#still = insert('media', 3);
      this.#request = insert('request', 7);
      this.#candidate = insert('candidate', 7);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  addUser(user: NewUser): void {
    this.#user.run(this.#id('user', user.userId), user.region, JSON.stringify(user.attributes));
  }

  addItem(item: NewItem): void {
    this.#item.run(
      this.#id('item', item.itemId),
      item.authorId === null ? null : this.#id('item', item.authorId),
      item.caption,
      item.category,
      item.language,
      item.durationMs,
      item.uploadedAt,
      JSON.stringify(item.attributes),
    );
  }

  addLabel(label: NewLabel): void {
    this.#label.run(this.#id('item', label.itemId), label.label, label.source, label.confidence);
  }

  addStill(itemId: string, mime: string, bytes: Uint8Array): void {
    this.#still.run(this.#id('item', itemId), mime, bytes);
  }

  addRequest(request: NewRequest): void {
    const { candidates, features, feedback } = request;
    this.#expectLength(
      request.requestId,
      'features',
      features.length,
      this.#content.features.length * candidates.length,
    );
    this.#expectLength(
      request.requestId,
      'feedback',
      feedback.length,
      this.#content.signals.length * candidates.length,
    );
    const id = this.#id('request', request.requestId);
    this.#request.run(
      id,
      this.#id('user', request.userId),
      request.requestedAt,
      request.surface,
      candidates.length,
      floatBlob(features),
      floatBlob(feedback),
    );
    let ordinal = 0;
    for (const candidate of candidates) {
      this.#candidate.run(
        id,
        ordinal++,
        this.#id('item', candidate.itemId),
        candidate.inNetwork,
        candidate.loggedPosition,
        candidate.loggedScore,
        candidate.propensity,
      );
    }
  }

  /** Writes the file through to the disk and moves it to its place. */
  finish(): void {
    try {
      this.#db.exec('COMMIT');
      this.#db.pragma('journal_mode = DELETE');
      this.#db.close();
      synchronise(this.#building);
      this.#refuseExisting();
      renameSync(this.#building, this.#path);
      if (process.platform !== 'win32') synchronise(dirname(this.#path));
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Leaves nothing behind. */
  abandon(): void {
    this.#db.close();
    rmSync(this.#building, { force: true });
  }

  #begin(): Database.Database {
    try {
      return new Database(this.#building);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw badInput(
        `${this.#path} cannot be written (${reason}); name a file in a folder that you may write to.`,
      );
    }
  }

  #id(kind: keyof IdTypes, id: string): string | number | bigint {
    const stored = storedId(id, this.#ids[kind]);
    if (stored === null) {
      throw badInput(
        `${this.#path} cannot hold the ${kind} id "${id}", because its ids are integers of at most 64 bits.`,
      );
    }
    return stored;
  }

  #expectLength(requestId: string, what: string, found: number, expected: number): void {
    if (found === expected) return;
    throw badInput(
      `${this.#path} cannot hold request ${requestId}: its ${what} are ${found} numbers, its candidates need ${expected}.`,
    );
  }

  #refuseExisting(): void {
    if (statSync(this.#path, { throwIfNoEntry: false })?.isDirectory() === true)
      throw refused(`${this.#path} is a folder; name a file in it.`);
    if (this.#content.overwrite === true || !existsSync(this.#path)) return;
    throw refused(`${this.#path} exists already and is not replaced; name another file or remove it first.`);
  }
}

function synchronise(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { notFound, type StatesideError } from '../../../shared/domain/error.ts';
import { candidateColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { Candidate, CandidateItem, IdOrder } from '../../../shared/domain/ranking/request.ts';
import type { AskedRequest } from '../../../shared/domain/replay/attribute.ts';
import type { FoundItem } from '../../../shared/domain/snapshot/found-item.ts';
import { Feature, Signal, SnapshotMeta, type SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { parseAttributes } from './attributes.ts';
import { findItems } from './find-items.ts';
import { blobFloats } from './float-blob.ts';
import { hasSafeItemIds, orderOfIds } from './id-columns.ts';
import { storedId } from './ids.ts';
import { ItemTable } from './item-table.ts';
import { broken, reading } from './reading.ts';
import type { ColumnRequest, SnapshotRequest } from './request.ts';
import { RequestBatches } from './request-batch.ts';

/** An item with what only people look at. */
export interface SnapshotItem extends CandidateItem {
  readonly caption: string;
  readonly labelSources: readonly { label: string; source: string; confidence: number | null }[];
  readonly hasStill: boolean;
}

export interface SnapshotStill {
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type StoredId = string | number | bigint;

type RequestRow = [
  requestId: string,
  userId: string,
  requestedAt: string,
  surface: string,
  candidateCount: number,
  features: unknown,
  feedback: unknown,
  region: string | null,
  attributes: string | null,
];

type CandidateRow = [
  ordinal: number,
  itemId: string | number,
  inNetwork: 0 | 1,
  loggedPosition: number | null,
  loggedScore: number | null,
  propensity: number | null,
];

type AskedRow = [
  requestId: string,
  userId: string,
  requestedAt: string,
  surface: string,
  region: string | null,
  attributes: string | null,
];

type ExtraRow = [caption: string, hasStill: 0 | 1];

const REQUEST = `
  SELECT CAST(request_id AS TEXT), CAST(r.user_id AS TEXT), CAST(requested_at AS TEXT), CAST(surface AS TEXT),
    CAST(candidate_count AS INTEGER), features, feedback, CAST(u.region AS TEXT), CAST(u.attributes AS TEXT)
  FROM request r LEFT JOIN user u ON u.user_id = r.user_id WHERE request_id = ?`;

// An id that is a safe integer comes as a number, because making and hashing a text of it costs a tenth of a replay.
const candidatesQuery = (itemId: string): string => `
  SELECT CAST(ordinal AS INTEGER), ${itemId}, in_network IS 1, CAST(logged_position AS INTEGER),
    CAST(logged_score AS REAL), CAST(propensity AS REAL)
  FROM candidate WHERE request_id = ? ORDER BY ordinal`;

const ANY_ITEM_ID = `
  CASE WHEN typeof(item_id) = 'integer' AND item_id BETWEEN -9007199254740991 AND 9007199254740991
    THEN item_id ELSE CAST(item_id AS TEXT) END`;

const ASKED = `
  SELECT CAST(request_id AS TEXT), CAST(r.user_id AS TEXT), CAST(requested_at AS TEXT), CAST(surface AS TEXT),
    CAST(u.region AS TEXT), CAST(u.attributes AS TEXT)
  FROM request r LEFT JOIN user u ON u.user_id = r.user_id ORDER BY request_id LIMIT ? OFFSET ?`;

const EXTRA = `
  SELECT CAST(caption AS TEXT), EXISTS (SELECT 1 FROM media m WHERE m.item_id = item.item_id)
  FROM item WHERE item_id = ?`;

/**
 * Reads one snapshot. Memory does not grow with the file. What is wrong in the file is thrown as bad input that
 * names the file and the request; the whole file is judged by `checkSnapshot`.
 */
export class SnapshotReader {
  readonly path: string;
  readonly bytes: number;
  readonly meta: SnapshotMeta;
  readonly features: readonly Feature[];
  readonly signals: readonly Signal[];
  readonly idOrder: IdOrder;
  readonly #db: Database.Database;
  readonly #requestIdOrder: IdOrder;
  readonly #items: ItemTable;
  readonly #batches: RequestBatches;
  readonly #request: Database.Statement<[StoredId], RequestRow>;
  readonly #candidates: Database.Statement<[StoredId], CandidateRow>;
  readonly #extra: Database.Statement<[StoredId], ExtraRow>;
  readonly #labelSources: Database.Statement<[StoredId], SnapshotItem['labelSources'][number]>;
  readonly #still: Database.Statement<[StoredId], SnapshotStill>;
  readonly #asked: Database.Statement<[number, number], AskedRow>;
  readonly #block: Database.Statement<[number, number], string>;
  #info: Omit<SnapshotInfo, 'digest'> | undefined;
  #requestCount: number | undefined;

  /** `db` is an open read-only connection to the file at `path`; `openSnapshot` makes one. */
  constructor(db: Database.Database, path: string, bytes: number) {
    this.#db = db;
    this.path = path;
    this.bytes = bytes;
    const meta = db
      .prepare<[], [string, unknown]>('SELECT CAST(key AS TEXT), value FROM snapshot_meta')
      .raw()
      .all();
    this.meta = this.#parse(SnapshotMeta, 'snapshot_meta', Object.fromEntries(meta));
    this.features = db
      .prepare('SELECT name, description FROM feature ORDER BY position')
      .all()
      .map((row, at) => this.#parse(Feature, `feature ${at}`, row));
    this.signals = db
      .prepare('SELECT name, kind, polarity, description FROM signal ORDER BY position')
      .all()
      .map((row, at) => this.#parse(Signal, `signal ${at}`, row));
    this.idOrder = orderOfIds(db, path, 'item', 'item_id');
    this.#requestIdOrder = orderOfIds(db, path, 'request', 'request_id');
    this.#request = db.prepare<[StoredId], RequestRow>(REQUEST).raw();
    const itemId = hasSafeItemIds(db, this.idOrder) ? 'item_id' : ANY_ITEM_ID;
    this.#candidates = db.prepare<[StoredId], CandidateRow>(candidatesQuery(itemId)).raw();
    const items = new ItemTable(db, path, this.idOrder);
    this.#items = items;
    const [features, signals] = [this.features.length, this.signals.length];
    this.#batches = new RequestBatches({ db, items, features, signals, itemId });
    this.#extra = db.prepare<[StoredId], ExtraRow>(EXTRA).raw();
    this.#labelSources = db.prepare(
      `SELECT CAST(label AS TEXT) AS label, CAST(source AS TEXT) AS source, CAST(confidence AS REAL) AS confidence
       FROM item_label WHERE item_id = ? ORDER BY label, source`,
    );
    this.#still = db.prepare(
      'SELECT CAST(mime AS TEXT) AS mime, CAST(bytes AS BLOB) AS bytes FROM media WHERE item_id = ?',
    );
    this.#asked = db.prepare<[number, number], AskedRow>(ASKED).raw();
    this.#block = db
      .prepare<[number, number], string>(
        'SELECT CAST(request_id AS TEXT) FROM request ORDER BY request_id LIMIT ? OFFSET ?',
      )
      .pluck();
  }

  /** Counts rows when it is first asked for, which takes a while on a large file. */
  get info(): Omit<SnapshotInfo, 'digest'> {
    this.#info ??= {
      path: this.path,
      bytes: this.bytes,
      meta: this.meta,
      features: [...this.features],
      signals: [...this.signals],
      idOrder: this.idOrder,
      counts: {
        users: this.#count('user'),
        items: this.#count('item'),
        requests: this.requestCount,
        candidates: this.#count('candidate'),
        labels: this.#count('item_label'),
        stills: this.#count('media'),
      },
    };
    return this.#info;
  }

  get requestCount(): number {
    this.#requestCount ??= this.#count('request');
    return this.#requestCount;
  }

  /** All request ids in id order; of a large snapshot read `requestIdsBlock` instead. */
  requestIds(): string[] {
    return this.requestIdsBlock(0, -1);
  }

  /** `limit` request ids in id order, from the one at place `offset` on (from 0). */
  requestIdsBlock(offset: number, limit: number): string[] {
    return reading(this.path, () => this.#block.all(limit, offset));
  }

  /** Who asked, when and where, for `limit` requests in id order from place `offset` on. */
  askedBlock(offset: number, limit: number): (AskedRequest & { readonly requestId: string })[] {
    return reading(this.path, () =>
      this.#asked.all(limit, offset).map(([requestId, userId, requestedAt, surface, region, json]) => {
        const attributes = parseAttributes(json ?? '');
        if (attributes === null)
          throw broken(
            this.path,
            `request ${requestId}`,
            `its user ${userId} is missing or has no flat attributes`,
          );
        return { requestId, requestedAt, surface, user: { userId, region, attributes } };
      }),
    );
  }

  /** One request with its candidates in ordinal order. Throws not_found, or bad_input when its rows do not fit. */
  request(requestId: string): SnapshotRequest {
    return reading(this.path, () => this.#readRequest(requestId));
  }

  /** Several requests at once, for work on many: their candidates are in columns. Throws as `request` does. */
  requests(requestIds: readonly string[]): ColumnRequest[] {
    return reading(this.path, () => {
      const text = this.#requestIdOrder === 'text';
      const ids = requestIds.map((id) =>
        text ? JSON.stringify(id) : String(storedId(id, this.#requestIdOrder)),
      );
      const read = this.#batches.read(ids);
      return requestIds.map((id, at) => read[at] ?? inColumns(this.#readRequest(id)));
    });
  }

  item(itemId: string): SnapshotItem {
    return reading(this.path, () => {
      const id = storedId(itemId, this.idOrder);
      const [item] = this.#items.read([itemId]);
      const extra = id === null ? undefined : this.#extra.get(id);
      if (id === null || item === undefined || extra === undefined) {
        throw notFound(`${this.path} holds no item ${itemId}; check the id.`);
      }
      return {
        ...item,
        caption: extra[0],
        labelSources: this.#labelSources.all(id),
        hasStill: extra[1] === 1,
      };
    });
  }

  /** Up to `limit` items by the beginning of their id or by a part of their caption. */
  findItems(text: string, limit: number): FoundItem[] {
    return reading(this.path, () => findItems(this.#db, text, limit));
  }

  /** An item's still image, null where it has none. */
  still(itemId: string): SnapshotStill | null {
    const id = storedId(itemId, this.idOrder);
    return id === null ? null : reading(this.path, () => this.#still.get(id) ?? null);
  }

  close(): void {
    this.#db.close();
  }

  #readRequest(requestId: string): SnapshotRequest {
    const id = storedId(requestId, this.#requestIdOrder);
    const row = id === null ? undefined : this.#request.get(id);
    if (id === null || row === undefined) {
      throw notFound(`${this.path} holds no request ${requestId}; check the id.`);
    }
    const [, userId, requestedAt, surface, count, features, feedback, region, json] = row;
    const fail = (why: string): StatesideError => broken(this.path, `request ${requestId}`, why);
    if (json === null) throw fail(`its user ${userId} is not in the user table`);
    const attributes = parseAttributes(json);
    if (attributes === null) throw fail(`the attributes of its user ${userId} are not one flat JSON object`);
    const floats = (what: string, blob: unknown, columns: number): Float32Array => {
      const expected = count * columns * 4;
      const found = blob instanceof Uint8Array ? blob.byteLength : 0;
      if (blob instanceof Uint8Array && found === expected) return blobFloats(blob);
      throw fail(`its ${what} have ${found} bytes where its candidates need ${expected}`);
    };
    const rows = this.#candidates.all(id);
    if (rows.length !== count) throw fail(`it has ${rows.length} of ${count} candidates`);
    const items = this.#items.read(rows.map((candidate) => candidate[1]));
    const candidates: Candidate[] = [];
    for (let at = 0; at < rows.length; at += 1) {
      const found = rows[at];
      const item = items[at];
      if (found === undefined || found[0] !== at) throw fail(`its candidate ${at} has ordinal ${found?.[0]}`);
      if (item === undefined) throw fail(`its item ${this.#itemIdAt(id, at)} is not in the item table`);
      candidates.push({
        ordinal: at,
        item,
        inNetwork: found[2],
        loggedPosition: found[3],
        loggedScore: found[4],
        propensity: found[5],
      });
    }
    return {
      requestId: row[0],
      requestedAt,
      surface,
      user: { userId, region, attributes },
      candidates,
      features: floats('features', features, this.features.length),
      feedback: floats('feedback', feedback, this.signals.length),
    };
  }

  #parse<Type extends z.ZodType>(type: Type, where: string, value: unknown): z.output<Type> {
    const parsed = type.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw broken(
      this.path,
      where,
      issue === undefined ? 'it is incomplete' : [...issue.path, issue.message].join(': '),
    );
  }

  #count(table: string): number {
    const count = this.#db.prepare<[], number>(`SELECT COUNT(*) FROM ${table}`).pluck();
    return reading(this.path, () => count.get() ?? 0);
  }

  /** A candidate's item id to the last digit, which as a number a wide one loses. */
  #itemIdAt(requestId: StoredId, ordinal: number): string | undefined {
    return this.#db
      .prepare<[StoredId, number], string>(
        'SELECT CAST(item_id AS TEXT) FROM candidate WHERE request_id = ? AND ordinal = ?',
      )
      .pluck()
      .get(requestId, ordinal);
  }
}

const inColumns = (request: SnapshotRequest): ColumnRequest => ({
  ...request,
  candidates: candidateColumns(request.candidates),
});

import type Database from 'better-sqlite3';
import { notFound } from '../../../shared/domain/error.ts';
import { candidateColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { CandidateItem, IdOrder } from '../../../shared/domain/ranking/request.ts';
import type { AskedRequest } from '../../../shared/domain/replay/attribute.ts';
import type { FoundItem } from '../../../shared/domain/snapshot/found-item.ts';
import type { Feature, Signal, SnapshotMeta, SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { parseAttributes } from './attributes.ts';
import { readDescription } from './description.ts';
import { findItems } from './find-items.ts';
import { hasSafeItemIds, orderOfIds } from './id-columns.ts';
import { storedId, type StoredId } from './ids.ts';
import { ReadItemColumns } from './item-columns.ts';
import { ItemTable } from './item-table.ts';
import { broken, reading } from './reading.ts';
import type { ColumnRequest, SnapshotRequest } from './request.ts';
import { RequestBatches } from './request-batch.ts';
import { hasTable } from './schema.ts';
import { SingleRequests } from './single-request.ts';

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

type AskedRow = [
  requestId: string,
  userId: string,
  requestedAt: string,
  surface: string,
  region: string | null,
  attributes: string | null,
];

type ExtraRow = [caption: string, hasStill: 0 | 1];

const ANY_ITEM_ID = `
  CASE WHEN typeof(item_id) = 'integer' AND item_id BETWEEN -9007199254740991 AND 9007199254740991
    THEN item_id ELSE CAST(item_id AS TEXT) END`;

const ASKED = `
  SELECT CAST(request_id AS TEXT), CAST(r.user_id AS TEXT), CAST(requested_at AS TEXT), CAST(surface AS TEXT),
    CAST(u.region AS TEXT), CAST(u.attributes AS TEXT)
  FROM request r LEFT JOIN user u ON u.user_id = r.user_id ORDER BY request_id LIMIT ? OFFSET ?`;

const extraQuery = (hasStills: boolean): string => `
  SELECT CAST(caption AS TEXT),
    ${hasStills ? 'EXISTS (SELECT 1 FROM media m WHERE m.item_id = item.item_id)' : '0'}
  FROM item WHERE item_id = ?`;

const STILL = 'SELECT CAST(mime AS TEXT) AS mime, CAST(bytes AS BLOB) AS bytes FROM media WHERE item_id = ?';

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
  readonly #single: SingleRequests;
  readonly #extra: Database.Statement<[StoredId], ExtraRow>;
  readonly #labelSources: Database.Statement<[StoredId], SnapshotItem['labelSources'][number]>;
  readonly #hasStills: boolean;
  readonly #still: Database.Statement<[StoredId], SnapshotStill> | null;
  readonly #asked: Database.Statement<[number, number], AskedRow>;
  readonly #block: Database.Statement<[number, number], string>;
  #info: Omit<SnapshotInfo, 'digest'> | undefined;
  #requestCount: number | undefined;

  /** `db` is an open read-only connection to the file at `path`; `openSnapshot` makes one. */
  constructor(db: Database.Database, path: string, bytes: number) {
    this.#db = db;
    this.path = path;
    this.bytes = bytes;
    const { meta, features, signals } = readDescription(db, path);
    this.meta = meta;
    this.features = features;
    this.signals = signals;
    this.idOrder = orderOfIds(db, path, 'item', 'item_id');
    this.#requestIdOrder = orderOfIds(db, path, 'request', 'request_id');
    const itemId = hasSafeItemIds(db, this.idOrder) ? 'item_id' : ANY_ITEM_ID;
    const items = new ItemTable(db, path, this.idOrder);
    this.#items = items;
    const source = { db, items, features, signals: signals.length, itemId };
    const columns = new ReadItemColumns(db, this.idOrder);
    this.#single = new SingleRequests({ ...source, path }, this.#requestIdOrder);
    this.#batches = new RequestBatches({ ...source, columns });
    this.#hasStills = hasTable(db, 'media');
    this.#extra = db.prepare<[StoredId], ExtraRow>(extraQuery(this.#hasStills)).raw();
    this.#labelSources = db.prepare(
      `SELECT CAST(label AS TEXT) AS label, CAST(source AS TEXT) AS source, CAST(confidence AS REAL) AS confidence
       FROM item_label WHERE item_id = ? ORDER BY label, source`,
    );
    this.#still = this.#hasStills ? db.prepare(STILL) : null;
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
        stills: this.#hasStills ? this.#count('media') : 0,
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
    return reading(this.path, () => this.#single.read(requestId));
  }

  /** Several requests at once, for work on many: their candidates are in columns. Throws as `request` does. */
  requests(requestIds: readonly string[]): ColumnRequest[] {
    return reading(this.path, () => {
      const text = this.#requestIdOrder === 'text';
      const ids = requestIds.map((id) =>
        text ? JSON.stringify(id) : String(storedId(id, this.#requestIdOrder)),
      );
      const read = this.#batches.read(ids);
      return requestIds.map((id, at) => read[at] ?? inColumns(this.#single.read(id)));
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
    return id === null ? null : reading(this.path, () => this.#still?.get(id) ?? null);
  }

  /**
   * Lets all that `work` reads be one transaction: a read alone asks the system twice for the file's lock and looks for a
   * journal beside it.
   */
  async inOneRead<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#db.inTransaction) return work();
    this.#db.exec('BEGIN');
    try {
      return await work();
    } finally {
      // SQLite ends it by itself where the file turns out to be damaged
      if (this.#db.inTransaction) this.#db.exec('COMMIT');
    }
  }

  close(): void {
    this.#db.close();
  }

  #count(table: string): number {
    const count = this.#db.prepare<[], number>(`SELECT COUNT(*) FROM ${table}`).pluck();
    return reading(this.path, () => count.get() ?? 0);
  }
}

const inColumns = (request: SnapshotRequest): ColumnRequest => ({
  ...request,
  candidates: candidateColumns(request.candidates),
});

import type Database from 'better-sqlite3';
import type { CandidateColumns, ItemColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import { Bits } from '../../../shared/domain/memory/bits.ts';
import { Slab } from '../../../shared/domain/memory/slab.ts';
import { parseAttributes } from './attributes.ts';
import { candidateOrderIndex } from './candidate-order.ts';
import { allFinite, blobFloats } from './float-blob.ts';
import type { ReadItemColumns } from './item-columns.ts';
import type { ItemTable } from './item-table.ts';
import { readIntegers } from './integers.ts';
import { ReadCandidates } from './read-candidates.ts';
import type { ColumnRequest } from './request.ts';

type Row = [
  key: number,
  requestId: string,
  userId: string,
  requestedAt: string,
  surface: string,
  candidateCount: number,
  features: unknown,
  feedback: unknown,
  region: string | null,
  attributes: string | null,
  candidates: string,
  otherOrdinals: 0 | 1,
];

type Logged = [ordinal: number, position: number | null, propensity: number | null];

// SQLite packs a request's candidates into three lists in one text: ordinals of those from the user's network (−1 for what
// is neither in it nor outside), what the log says of the few that were shown, and the ids of all items. A row for each
// candidate takes three times as long to hand over as it takes to read. It writes a float with as many digits as tell it
// from every other. The key's own index has the ids in order; only where there is none are they sorted, which costs as
// much again.
const requests = (itemId: string, index: string | null): string => `
  SELECT wanted.key, CAST(request_id AS TEXT), CAST(r.user_id AS TEXT), CAST(requested_at AS TEXT),
    CAST(surface AS TEXT), CAST(candidate_count AS INTEGER), features, feedback, CAST(u.region AS TEXT),
    CAST(u.attributes AS TEXT),
    (SELECT json_group_array(CASE in_network WHEN 1 THEN ordinal ELSE -1 END) FILTER (WHERE in_network IS NOT 0)
       || json_group_array(json_array(
            CAST(ordinal AS INTEGER), CAST(logged_position AS INTEGER), CAST(propensity AS REAL)
          )) FILTER (WHERE logged_position IS NOT NULL OR propensity IS NOT NULL)
       || json_group_array(${index === null ? `${itemId} ORDER BY ordinal` : itemId})
     FROM candidate c ${index === null ? '' : `INDEXED BY ${index}`} WHERE c.request_id = r.request_id),
    EXISTS (SELECT 1 FROM candidate c WHERE c.request_id = r.request_id AND ordinal < 0)
      OR EXISTS (SELECT 1 FROM candidate c WHERE c.request_id = r.request_id AND ordinal >= candidate_count)
  FROM json_each(?) wanted CROSS JOIN request r ON r.request_id = wanted.value
    LEFT JOIN user u ON u.user_id = r.user_id`;

const SCORES = `
  SELECT CAST(ordinal AS INTEGER), CAST(logged_score AS REAL)
  FROM json_each(?) wanted CROSS JOIN candidate ON request_id = wanted.value`;

/** What requests are read with. */
export interface Source {
  readonly db: Database.Database;
  readonly items: ItemTable;
  readonly features: readonly { readonly name: string }[];
  /** How many there are. */
  readonly signals: number;
  /** SQL for a candidate's item id. */
  readonly itemId: string;
}

const rowsOfPlaces = new Slab((length) => new Int32Array(length));
const rowsOfFlags = new Slab((length) => new Uint8Array(length));
const unknown = new Slab((length) => new Float64Array(length).fill(NaN));

/** Reads several requests at once, their candidates in columns. */
export class RequestBatches {
  readonly #source: Source & { readonly columns: ReadItemColumns };
  readonly #requests: Database.Statement<[string], Row>;
  readonly #scores: Database.Statement<[string], [ordinal: number, score: number | null]>;

  /** Those of the list that is being read. */
  #integers = new Float64Array(1024);
  /** Places of items of the request that is being read. */
  readonly #seen = new Bits();

  constructor(source: Source & { readonly columns: ReadItemColumns }) {
    this.#source = source;
    this.#requests = source.db
      .prepare<[string], Row>(requests(source.itemId, candidateOrderIndex(source.db)))
      .raw();
    this.#scores = source.db.prepare<[string], [number, number | null]>(SCORES).raw();
  }

  /** `ids`: as JSON. By place of an id, its request; nothing where it is missing or its rows do not fit each other. */
  read(ids: readonly string[]): (ColumnRequest | undefined)[] {
    const found: (ColumnRequest | undefined)[] = [];
    const wanted = `[${ids.join(',')}]`;
    for (const row of this.#requests.all(wanted)) found[row[0]] = this.#request(row, ids[row[0]] ?? 'null');
    return found;
  }

  #request(row: Row, id: string): ColumnRequest | undefined {
    const [
      ,
      requestId,
      userId,
      requestedAt,
      surface,
      count,
      features,
      feedback,
      region,
      json,
      packed,
      others,
    ] = row;
    const attributes = json === null ? null : parseAttributes(json);
    const floats = floatsOf(features, count * this.#source.features.length);
    const answers = floatsOf(feedback, count * this.#source.signals);
    if (attributes === null || floats === null || answers === null || others === 1) return undefined;
    if (!allFinite(floats)) return undefined;
    const candidates = this.#candidates(packed, id, count);
    if (candidates === null) return undefined;
    const user = { userId, region, attributes };
    return { requestId, requestedAt, surface, user, candidates, features: floats, feedback: answers };
  }

  #candidates(packed: string, id: string, count: number): CandidateColumns | null {
    if (this.#integers.length < count) this.#integers = new Float64Array(2 * count);
    const inNetwork = rowsOfFlags.row(count);
    const near = readIntegers(packed, 0, this.#integers);
    if (near === -1) return null;
    for (let at = 0; at < near; at += 1) {
      const ordinal = this.#integers[at] ?? -1;
      if (ordinal < 0) return null;
      inNetwork[ordinal] = 1;
    }
    const from = packed.indexOf(']') + 1;
    const end = packed.startsWith('[]', from) ? from + 2 : packed.indexOf(']]', from) + 2;
    const loggedPosition = unknown.row(count);
    const propensity = unknown.row(count);
    const logged: Logged[] = JSON.parse(packed.slice(from, end));
    for (const [ordinal, position, chance] of logged) {
      loggedPosition[ordinal] = position ?? NaN;
      propensity[ordinal] = chance ?? NaN;
    }
    const places = rowsOfPlaces.row(count);
    const items = this.#items(packed, end, places);
    if (items === null || this.#hasTwins(places)) return null;
    return new ReadCandidates(
      { items, places, inNetwork, loggedPosition, propensity },
      {
        scores: () => this.#scoresOf(id, count),
        items: () => this.#source.items.read(JSON.parse(packed.slice(end))),
      },
    );
  }

  /** Columns that hold the items whose ids the text lists from `from` on, as many as there are places. */
  #items(packed: string, from: number, places: Int32Array): ItemColumns | null {
    const read = readIntegers(packed, from, this.#integers);
    const ids: ArrayLike<string | number> =
      read === -1 ? JSON.parse(packed.slice(from)) : this.#integers.subarray(0, read);
    return ids.length === places.length ? this.#source.columns.columnsOf(ids, places) : null;
  }

  /** Whether a place comes twice. */
  #hasTwins(places: Int32Array): boolean {
    let twins = false;
    for (let at = 0; at < places.length; at += 1) if (!this.#seen.add(places[at] ?? 0)) twins = true;
    for (let at = 0; at < places.length; at += 1) this.#seen.delete(places[at] ?? 0);
    return twins;
  }

  #scoresOf(id: string, count: number): Float64Array {
    const scores = new Float64Array(count).fill(NaN);
    for (const [ordinal, score] of this.#scores.all(`[${id}]`)) scores[ordinal] = score ?? NaN;
    return scores;
  }
}

function floatsOf(blob: unknown, length: number): Float32Array | null {
  return blob instanceof Uint8Array && blob.byteLength === 4 * length ? blobFloats(blob) : null;
}

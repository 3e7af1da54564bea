import type Database from 'better-sqlite3';
import { notFound, type StatesideError } from '../../../shared/domain/error.ts';
import type { Candidate, IdOrder } from '../../../shared/domain/ranking/request.ts';
import { parseAttributes } from './attributes.ts';
import { allFinite, blobFloats } from './float-blob.ts';
import { storedId, type StoredId } from './ids.ts';
import { broken } from './reading.ts';
import type { SnapshotRequest } from './request.ts';
import type { Source } from './request-batch.ts';

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
  inNetwork: 0 | 1 | null,
  loggedPosition: number | null,
  loggedScore: number | null,
  propensity: number | null,
];

const REQUEST = `
  SELECT CAST(request_id AS TEXT), CAST(r.user_id AS TEXT), CAST(requested_at AS TEXT), CAST(surface AS TEXT),
    CAST(candidate_count AS INTEGER), features, feedback, CAST(u.region AS TEXT), CAST(u.attributes AS TEXT)
  FROM request r LEFT JOIN user u ON u.user_id = r.user_id WHERE request_id = ?`;

// An id that is a safe integer comes as a number, because making and hashing a text of it costs a tenth of a replay.
const candidatesQuery = (itemId: string): string => `
  SELECT CAST(ordinal AS INTEGER), ${itemId}, CASE in_network WHEN 1 THEN 1 WHEN 0 THEN 0 END,
    CAST(logged_position AS INTEGER), CAST(logged_score AS REAL), CAST(propensity AS REAL)
  FROM candidate WHERE request_id = ? ORDER BY ordinal`;

/** Reads requests one at a time, and says what is wrong with one whose rows do not fit each other. */
export class SingleRequests {
  readonly #source: Source & { readonly path: string };
  readonly #idOrder: IdOrder;
  readonly #request: Database.Statement<[StoredId], RequestRow>;
  readonly #candidates: Database.Statement<[StoredId], CandidateRow>;

  /** `idOrder`: how ids of requests are stored. */
  constructor(source: Source & { readonly path: string }, idOrder: IdOrder) {
    this.#source = source;
    this.#idOrder = idOrder;
    this.#request = source.db.prepare<[StoredId], RequestRow>(REQUEST).raw();
    this.#candidates = source.db.prepare<[StoredId], CandidateRow>(candidatesQuery(source.itemId)).raw();
  }

  /** Throws not_found, or bad_input when its rows do not fit. */
  read(requestId: string): SnapshotRequest {
    const id = storedId(requestId, this.#idOrder);
    const row = id === null ? undefined : this.#request.get(id);
    if (id === null || row === undefined) {
      throw notFound(`${this.#source.path} holds no request ${requestId}; check the id.`);
    }
    const [, userId, requestedAt, surface, count, features, feedback, region, json] = row;
    const fail = (why: string): StatesideError => broken(this.#source.path, `request ${requestId}`, why);
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
    const items = this.#source.items.read(rows.map((candidate) => candidate[1]));
    const candidates: Candidate[] = [];
    const seen = new Set<string | number>();
    for (let at = 0; at < rows.length; at += 1) {
      const found = rows[at];
      const item = items[at];
      if (found === undefined || found[0] !== at) throw fail(`its candidate ${at} has ordinal ${found?.[0]}`);
      if (item === undefined) throw fail(`its item ${this.#itemIdAt(id, at)} is not in the item table`);
      if (found[2] === null) throw fail(`its candidate ${at} has an in_network that is neither 0 nor 1`);
      if (seen.has(found[1])) throw fail(`its item ${item.itemId} is a candidate twice`);
      seen.add(found[1]);
      candidates.push({
        ordinal: at,
        item,
        inNetwork: found[2],
        loggedPosition: found[3],
        loggedScore: found[4],
        propensity: found[5],
      });
    }
    const names = this.#source.features;
    const matrix = floats('features', features, names.length);
    const wrong = allFinite(matrix) ? -1 : matrix.findIndex((value) => !Number.isFinite(value));
    if (wrong !== -1) {
      const place = `the feature ${names[wrong % names.length]?.name} of its candidate ${Math.floor(wrong / names.length)}`;
      throw fail(`${place} is ${matrix[wrong]}, not a finite number`);
    }
    return {
      requestId: row[0],
      requestedAt,
      surface,
      user: { userId, region, attributes },
      candidates,
      features: matrix,
      feedback: floats('feedback', feedback, this.#source.signals),
    };
  }

  /** A candidate's item id to the last digit, which as a number a wide one loses. */
  #itemIdAt(requestId: StoredId, ordinal: number): string | undefined {
    return this.#source.db
      .prepare<[StoredId, number], string>(
        'SELECT CAST(item_id AS TEXT) FROM candidate WHERE request_id = ? AND ordinal = ?',
      )
      .pluck()
      .get(requestId, ordinal);
  }
}

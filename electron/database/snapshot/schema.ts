import type Database from 'better-sqlite3';
import type { IdOrder } from '../../../shared/domain/ranking/request.ts';

/** How the ids of a snapshot are stored. Authors are stored like items. */
export interface IdTypes {
  readonly request: IdOrder;
  readonly user: IdOrder;
  readonly item: IdOrder;
}

/** Every table of snapshot version 1 with its columns. */
export const SNAPSHOT_TABLES = {
  snapshot_meta: ['key', 'value'],
  feature: ['position', 'name', 'description'],
  signal: ['position', 'name', 'kind', 'polarity', 'description'],
  user: ['user_id', 'region', 'attributes'],
  item: [
    'item_id',
    'author_id',
    'caption',
    'category',
    'language',
    'duration_ms',
    'uploaded_at',
    'attributes',
  ],
  item_label: ['item_id', 'label', 'source', 'confidence'],
  media: ['item_id', 'mime', 'bytes'],
  request: ['request_id', 'user_id', 'requested_at', 'surface', 'candidate_count', 'features', 'feedback'],
  candidate: [
    'request_id',
    'ordinal',
    'item_id',
    'in_network',
    'logged_position',
    'logged_score',
    'propensity',
  ],
} as const;

/** Tables that a snapshot may do without: it then has no stills. */
export const OPTIONAL_TABLES: ReadonlySet<string> = new Set(['media']);

export const hasTable = (db: Database.Database, name: keyof typeof SNAPSHOT_TABLES): boolean =>
  db.prepare<[string]>(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !==
  undefined;

const key = (order: IdOrder): string => (order === 'integer' ? 'INTEGER' : 'TEXT');

/**
 * SQL that creates the tables of snapshot version 1.
 *
 * Integer request ids are declared INT and not INTEGER: that keeps them out of the rowid and so gives the
 * table a small index of ids, without which paging through them would touch every feature blob.
 */
export function snapshotSchema(ids: IdTypes): string {
  const request = ids.request === 'integer' ? 'INT' : 'TEXT';
  return `
    CREATE TABLE snapshot_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE feature (position INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL);
    CREATE TABLE signal (
      position INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, polarity INTEGER NOT NULL,
      description TEXT NOT NULL
    );
    CREATE TABLE user (user_id ${key(ids.user)} NOT NULL PRIMARY KEY, region TEXT NOT NULL, attributes TEXT NOT NULL);
    CREATE TABLE item (
      item_id ${key(ids.item)} NOT NULL PRIMARY KEY, author_id ${key(ids.item)}, caption TEXT NOT NULL, category TEXT,
      language TEXT, duration_ms INTEGER NOT NULL, uploaded_at TEXT, attributes TEXT NOT NULL
    );
    CREATE TABLE item_label (
      item_id ${key(ids.item)} NOT NULL, label TEXT NOT NULL, source TEXT NOT NULL, confidence REAL,
      PRIMARY KEY (item_id, label, source)
    ) WITHOUT ROWID;
    CREATE TABLE media (item_id ${key(ids.item)} NOT NULL PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE request (
      request_id ${request} NOT NULL PRIMARY KEY, user_id ${key(ids.user)} NOT NULL, requested_at TEXT NOT NULL,
      surface TEXT NOT NULL, candidate_count INTEGER NOT NULL, features BLOB NOT NULL, feedback BLOB NOT NULL
    );
    CREATE TABLE candidate (
      request_id ${key(ids.request)} NOT NULL, ordinal INTEGER NOT NULL, item_id ${key(ids.item)} NOT NULL,
      in_network INTEGER NOT NULL, logged_position INTEGER, logged_score REAL, propensity REAL,
      PRIMARY KEY (request_id, ordinal)
    ) WITHOUT ROWID;`;
}

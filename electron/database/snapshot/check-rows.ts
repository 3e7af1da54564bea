import type Database from 'better-sqlite3';
import { parseAttributes } from './attributes.ts';
import type { Report } from './report.ts';
import { hasTable } from './schema.ts';

/** A query for offending rows, and the sentence for one of them, given its columns as text. */
interface Rule {
  readonly offenders: string;
  readonly sentence: (...columns: string[]) => string;
}

/** Rows that refer to none; an id of another type is another id, even where SQLite would convert it to compare. */
const lacks = (table: string, column: string, target: string, key: string): string =>
  `FROM ${table} t LEFT JOIN ${target} r ON r.${key} = t.${column}
   WHERE r.${key} IS NULL OR typeof(r.${key}) <> typeof(t.${column})`;

const RULES: readonly Rule[] = [
  ...(
    [
      ['user', 'user_id'],
      ['item', 'item_id'],
      ['request', 'request_id'],
    ] as const
  ).map(([table, column]): Rule => ({
    offenders: `
        SELECT group_concat(type, ' and ') FROM (SELECT DISTINCT typeof(${column}) AS type FROM ${table} ORDER BY 1)
        HAVING count(*) > 1 OR max(type) NOT IN ('integer', 'text')`,
    sentence: (a) => `${table}.${column} holds ${a} values; all must be integers or all text.`,
  })),
  {
    offenders: `SELECT user_id, region FROM user WHERE typeof(region) <> 'text'`,
    sentence: (a) => `User ${a} has no region.`,
  },
  {
    offenders: `SELECT item_id FROM item WHERE typeof(caption) <> 'text'`,
    sentence: (a) => `Item ${a} has a caption that is not text.`,
  },
  {
    offenders: `SELECT item_id, duration_ms FROM item WHERE typeof(duration_ms) <> 'integer' OR duration_ms < 0`,
    sentence: (a, b) => `Item ${a} has the duration ${b} ms.`,
  },
  {
    offenders: `SELECT item_id FROM item_label WHERE typeof(label) <> 'text' OR label = '' OR typeof(source) <> 'text'`,
    sentence: (a) => `Item ${a} has a label without a name or a source in text.`,
  },
  {
    offenders: `SELECT t.item_id, t.label ${lacks('item_label', 'item_id', 'item', 'item_id')}`,
    sentence: (a, b) => `The label ${b} belongs to item ${a}, which is not in the item table.`,
  },
  {
    offenders: `
      SELECT item_id, label, confidence FROM item_label
      WHERE confidence IS NOT NULL AND (typeof(confidence) NOT IN ('real', 'integer') OR confidence NOT BETWEEN 0 AND 1)`,
    sentence: (a, b, c) =>
      `The label ${b} of item ${a} has the confidence ${c}, which is not between 0 and 1.`,
  },
  {
    offenders: `SELECT t.request_id, t.user_id ${lacks('request', 'user_id', 'user', 'user_id')}`,
    sentence: (a, b) => `Request ${a} belongs to user ${b}, who is not in the user table.`,
  },
  {
    offenders: `SELECT request_id FROM request WHERE typeof(surface) <> 'text' OR surface = ''`,
    sentence: (a) => `Request ${a} has no surface.`,
  },
  {
    // SQLite reads "now", a time of day and a Julian day as moments too.
    offenders: `
      SELECT request_id, requested_at FROM request WHERE typeof(requested_at) <> 'text' OR julianday(requested_at) IS NULL
        OR requested_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'`,
    sentence: (a, b) => `Request ${a} was made at "${b}", which is not an ISO 8601 date and time.`,
  },
  {
    offenders: `
      SELECT r.request_id, r.candidate_count, coalesce(n, 0) FROM request r
      LEFT JOIN (SELECT request_id, count(*) AS n FROM candidate GROUP BY request_id) c ON c.request_id = r.request_id
      WHERE coalesce(n, 0) IS NOT r.candidate_count`,
    sentence: (a, b, c) => `Request ${a} counts ${b} candidates and has ${c}.`,
  },
  {
    offenders: `SELECT request_id FROM request WHERE candidate_count = 0`,
    sentence: (a) => `Request ${a} has no candidates.`,
  },
  {
    offenders: `
      SELECT request_id, ordinal, place FROM
        (SELECT request_id, ordinal, row_number() OVER (PARTITION BY request_id ORDER BY ordinal) - 1 AS place FROM candidate)
      WHERE ordinal IS NOT place`,
    sentence: (a, b, c) => `Request ${a} has a candidate with ordinal ${b} where ${c} is due.`,
  },
  {
    offenders: `SELECT t.request_id, t.ordinal ${lacks('candidate', 'request_id', 'request', 'request_id')}`,
    sentence: (a, b) => `Candidate ${b} belongs to request ${a}, which is not in the request table.`,
  },
  {
    offenders: `SELECT t.request_id, t.ordinal, t.item_id ${lacks('candidate', 'item_id', 'item', 'item_id')}`,
    sentence: (a, b, c) => `Candidate ${b} of request ${a} is item ${c}, which is not in the item table.`,
  },
  {
    offenders: `SELECT request_id, ordinal, in_network FROM candidate WHERE in_network IS NOT 0 AND in_network IS NOT 1`,
    sentence: (a, b, c) => `Candidate ${b} of request ${a} has in_network ${c}, which is neither 0 nor 1.`,
  },
  {
    offenders: `
      SELECT request_id, ordinal, propensity FROM candidate
      WHERE propensity IS NOT NULL AND (typeof(propensity) NOT IN ('real', 'integer') OR propensity <= 0 OR propensity > 1)`,
    sentence: (a, b, c) =>
      `Candidate ${b} of request ${a} has the propensity ${c}, which is not above 0 and at most 1.`,
  },
  {
    offenders: `
      SELECT request_id, ordinal, logged_position FROM candidate
      WHERE logged_position IS NOT NULL AND (typeof(logged_position) <> 'integer' OR logged_position < 0)`,
    sentence: (a, b, c) =>
      `Candidate ${b} of request ${a} has the logged position ${c}, which is not a place.`,
  },
  {
    offenders: `
      SELECT request_id, ordinal, logged_score FROM candidate WHERE logged_score IS NOT NULL
        AND (typeof(logged_score) NOT IN ('real', 'integer') OR abs(logged_score) > 1.7976931348623157e308)`,
    sentence: (a, b, c) =>
      `Candidate ${b} of request ${a} has the logged score ${c}, which is not a finite number.`,
  },
];

/** Of the table of stills, where there is one. */
const STILL_RULES: readonly Rule[] = [
  {
    offenders: `SELECT t.item_id ${lacks('media', 'item_id', 'item', 'item_id')}`,
    sentence: (a) => `A still belongs to item ${a}, which is not in the item table.`,
  },
  {
    offenders: `SELECT item_id, mime FROM media WHERE mime NOT LIKE 'image/%' OR typeof(bytes) <> 'blob' OR length(bytes) = 0`,
    sentence: (a, b) => `The still of item ${a} (${b}) is not an image.`,
  },
];

/** Every rule that a query can judge. */
export function checkRows(db: Database.Database, report: Report, limit: number): void {
  const rules = hasTable(db, 'media') ? [...RULES, ...STILL_RULES] : RULES;
  for (const { offenders, sentence } of rules) {
    const rows = db
      .prepare<[], (string | bigint | number | Buffer | null)[]>(`${offenders} LIMIT ${limit}`)
      .raw()
      .safeIntegers();
    for (const row of rows.iterate()) report(sentence(...row.map((value) => String(value ?? 'nothing'))));
  }
  for (const [table, key] of [
    ['user', 'user_id'],
    ['item', 'item_id'],
  ] as const) {
    const rows = db.prepare<[], [string, string]>(
      `SELECT CAST(${key} AS TEXT), CAST(attributes AS TEXT) FROM ${table}`,
    );
    for (const [id, attributes] of rows.raw().iterate()) {
      if (parseAttributes(attributes) === null) {
        report(
          `The attributes of ${table} ${id} are not one JSON object of text, numbers, booleans and nulls.`,
        );
      }
    }
  }
}

import type Database from 'better-sqlite3';
import type { Feature, Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { Report } from './report.ts';
import { blobFloats } from './float-blob.ts';

type RequestRow = [id: string, count: number, features: unknown, feedback: unknown];

/** What no query can judge: the numbers within the blobs, and that no request names an item twice. */
export function checkRequests(
  db: Database.Database,
  features: readonly Feature[],
  signals: readonly Signal[],
  report: Report,
): void {
  const requests = db
    .prepare<[], RequestRow>(
      'SELECT CAST(request_id AS TEXT), CAST(candidate_count AS INTEGER), features, feedback FROM request',
    )
    .raw();
  for (const [id, count, featureBlob, feedbackBlob] of requests.iterate()) {
    const featureFloats = floats(id, 'features', featureBlob, count * features.length, report);
    featureFloats?.forEach((value, at) => {
      if (Number.isFinite(value)) return;
      report(`Request ${id}, ${cell(at, features)}: the feature is ${value}, not a finite number.`);
    });
    const feedbackFloats = floats(id, 'feedback', feedbackBlob, count * signals.length, report);
    feedbackFloats?.forEach((value, at) => {
      if (Number.isNaN(value)) return;
      if (signals[at % signals.length]?.kind === 'binary') {
        if (value !== 0 && value !== 1) {
          report(`Request ${id}, ${cell(at, signals)}: the signal is ${value}, not 0, 1 or NaN.`);
        }
      } else if (!Number.isFinite(value)) {
        report(`Request ${id}, ${cell(at, signals)}: the amount is ${value}, not a finite number or NaN.`);
      }
    });
  }
  checkItemsOnce(db, report);
}

function floats(
  id: string,
  what: string,
  blob: unknown,
  expected: number,
  report: Report,
): Float32Array | null {
  const found = blob instanceof Uint8Array ? blob.byteLength : 0;
  if (blob instanceof Uint8Array && found === expected * 4) return blobFloats(blob);
  report(`Request ${id} has ${found} bytes of ${what} where its candidates need ${expected * 4}.`);
  return null;
}

const cell = (at: number, columns: readonly { name: string }[]): string =>
  `candidate ${Math.floor(at / columns.length)}, ${columns[at % columns.length]?.name}`;

function checkItemsOnce(db: Database.Database, report: Report): void {
  const rows = db
    .prepare<[], [string, string]>(
      'SELECT CAST(request_id AS TEXT), CAST(item_id AS TEXT) FROM candidate ORDER BY request_id, ordinal',
    )
    .raw();
  let current: string | undefined;
  const seen = new Set<string>();
  for (const [request, item] of rows.iterate()) {
    if (request !== current) {
      current = request;
      seen.clear();
    }
    if (seen.has(item)) report(`Request ${request} has item ${item} as a candidate twice.`);
    seen.add(item);
  }
}

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { streamFile } from '../stream-file.ts';
import type { Period, PeriodRange } from './period.ts';
import { proveEntry, type ProvenLog } from './prove.ts';

/** Rows read at a time. */
const BATCH = 256;

const Texts = z.array(
  z.object({ seq: z.int(), name: z.string(), salt: z.string().nullable(), text: z.string().nullable() }),
);

export interface PeriodExport {
  readonly period: Period;
  readonly range: PeriodRange;
  /** The file to write. */
  readonly path: string;
}

interface Heard {
  readonly signal?: AbortSignal;
  /** Hears how many entries were written; what it throws ends the export. */
  readonly progress?: (entries: number) => void;
}

/**
 * Writes the entries of a period to a file as JSON, whatever their number: the entries exactly as they were hashed, the
 * texts beside them, and the proof of the last one. Each entry names the leaf hash of the one before, so that one proof
 * holds for all of them. The file appears whole or not at all.
 */
export async function exportPeriod(
  log: ProvenLog,
  { period, range, path }: PeriodExport,
  { signal, progress = () => {} }: Heard = {},
): Promise<{ entries: number }> {
  let entries = 0;
  await streamFile(
    path,
    pieces(log, period, range, () => (entries += 1)),
    { ...(signal === undefined ? {} : { signal }), taken: () => progress(entries) },
  );
  return { entries };
}

function* pieces(log: ProvenLog, period: Period, range: PeriodRange, counted: () => void): Generator<string> {
  const { db, key } = log;
  const { from = null, until = null } = period;
  const proofOfLast = JSON.stringify(proveEntry(log, range.last));
  const about = { format: 'stateside-log-export', version: 1, key, from, until };
  yield `${JSON.stringify(about, undefined, 1).slice(0, -'\n}'.length)},\n "entries": [`;
  let before = '\n';
  for (const entry of entriesOf(db, range)) {
    yield `${before}  ${JSON.stringify(entry)}`;
    before = ',\n';
    counted();
  }
  yield '\n ],\n "texts": [';
  before = '\n';
  for (const text of textsOf(db, range)) {
    yield `${before}${JSON.stringify(text, undefined, 1).replaceAll(/^/gm, '  ')}`;
    before = ',\n';
  }
  yield `${before === '\n' ? '' : '\n '}],\n "proofOfLast": ${proofOfLast}\n}\n`;
}

function* entriesOf(db: Database, { first, last }: PeriodRange): Generator<string> {
  const read = db.prepare(`SELECT entry FROM log_entry WHERE seq BETWEEN ? AND ? ORDER BY seq`).pluck();
  for (let from = first; from <= last; from += BATCH)
    yield* read.all(from, Math.min(from + BATCH - 1, last)).map(String);
}

function* textsOf(db: Database, { first, last }: PeriodRange): Generator<z.infer<typeof Texts>[number]> {
  const read = db.prepare(
    `SELECT seq, name, salt, text FROM log_text
     WHERE (seq, name) > (?, ?) AND seq <= ? ORDER BY seq, name LIMIT ${BATCH}`,
  );
  for (let [seq, name] = [first, '']; ;) {
    const rows = Texts.parse(read.all(seq, name, last));
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    [seq, name] = [end.seq, end.name];
  }
}

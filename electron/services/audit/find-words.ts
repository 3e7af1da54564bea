import type { Database } from 'better-sqlite3';
import type { LogFilter } from '../../../shared/contract/audit.ts';
import { isWithheld, type Withholds } from './withheld.ts';

const SAYS = `instr(lower(actor || char(10) || action || char(10) || subject || char(10) || body), lower(:search)) > 0`;
const WHERE = `WHERE (${SAYS} OR seq IN (SELECT seq FROM log_text WHERE instr(lower(text), lower(:search)) > 0))
  AND (:actor IS NULL OR actor = :actor)
  AND (:action IS NULL OR action = :action)
  AND (:from IS NULL OR julianday(at) >= julianday(:from))
  AND (:until IS NULL OR julianday(at) < julianday(:until))`;

/** An entry's place, and whether the words stand in the entry itself (1) or only in a text beside it (0). */
type Row = [seq: number, says: number];

type Bound = Record<keyof LogFilter, string | null>;

/** Places of the entries that hold words, newest first. */
export interface WordsFound {
  readonly seqs: Float64Array;
  /** Those of them in which the words stand only in a text beside the entry, which may be kept from a reader. */
  readonly beside: readonly number[];
}

/** Looks for `search` in actor, action, subject, body and texts of every entry that the rest of the filter lets through. */
export function findWords(db: Database, filter: LogFilter): WordsFound {
  const { search, actor, action, from, until } = filter;
  const rows = db
    .prepare<[Bound], Row>(`SELECT seq, ${SAYS} FROM log_entry ${WHERE} ORDER BY seq DESC`)
    .raw()
    .iterate({
      ...{ search, actor: actor ?? null, action: action ?? null },
      ...{ from: from ?? null, until: until ?? null },
    });
  const seqs: number[] = [];
  const beside: number[] = [];
  for (const [seq, says] of rows) {
    seqs.push(seq);
    if (says === 0) beside.push(seq);
  }
  return { seqs: Float64Array.from(seqs), beside };
}

/** A page of what was found, without the entries whose words are kept from the reader. */
export function readableWords(
  db: Database,
  { seqs, beside }: WordsFound,
  { offset, limit }: { offset: number; limit: number },
  withholds: Withholds,
): { total: number; seqs: number[] } {
  const hidden = new Set(beside.filter((seq) => isWithheld(db, seq, withholds)));
  const shown = hidden.size === 0 ? seqs : seqs.filter((seq) => !hidden.has(seq));
  return { total: shown.length, seqs: [...shown.subarray(offset, offset + limit)] };
}

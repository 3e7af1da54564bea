import type { Database } from 'better-sqlite3';
import type { LogFilter } from '../../../shared/contract/audit.ts';

const FIRST_ROOM = 1024;

/**
 * When, by whom and what each entry was, in memory (20 bytes an entry), so that a long log is filtered and counted
 * without reading it. Made of the entries when it is first asked, one pass; afterwards only what was added is read.
 */
export class EntryIndex {
  readonly #db: Database;
  #size = 0;
  #last: string | null = null;
  #actors = new Map<string, number>();
  #actions = new Map<string, number>();
  #columns = columnsOf(FIRST_ROOM);

  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether it was made already, so that it answers at once. */
  get made(): boolean {
    return this.#size > 0;
  }

  /** Everybody who acted and everything that was done, in order of name. */
  facets(): { actors: string[]; actions: string[] } {
    this.#catchUp();
    return { actors: [...this.#actors.keys()].toSorted(), actions: [...this.#actions.keys()].toSorted() };
  }

  /** How many entries the filter lets through (its search aside), and the places of a page of them, newest first. */
  page(
    { actor, action, from, until }: Omit<LogFilter, 'search'>,
    offset: number,
    limit: number,
  ): { total: number; seqs: number[] } {
    this.#catchUp();
    const [who, what] = [idIn(this.#actors, actor), idIn(this.#actions, action)];
    const [start, end] = [from, until].map((at) => (at === undefined ? null : Date.parse(at)));
    const { seq, at, actorId, actionId } = this.#columns;
    const seqs: number[] = [];
    let total = 0;
    for (let index = this.#size - 1; index >= 0; index -= 1) {
      if (who !== null && actorId[index] !== who) continue;
      if (what !== null && actionId[index] !== what) continue;
      const made = at[index] ?? NaN;
      if (start !== null && start !== undefined && !(made >= start)) continue;
      if (end !== null && end !== undefined && !(made < end)) continue;
      if (total >= offset && total < offset + limit) seqs.push(seq[index] ?? -1);
      total += 1;
    }
    return { total, seqs };
  }

  /** Reads what was added; all of it where the last entry is no longer the one that was read (a deed was undone). */
  #catchUp(): void {
    const known = this.#columns.seq[this.#size - 1];
    const leaf = this.#db.prepare('SELECT leaf_hash FROM log_entry WHERE seq = ?').pluck();
    if (known !== undefined && leaf.get(known) !== this.#last) {
      this.#size = 0;
      this.#actors = new Map();
      this.#actions = new Map();
    }
    const after = this.#columns.seq[this.#size - 1] ?? Number.MIN_SAFE_INTEGER;
    const added = this.#db
      .prepare<[number], Row>('SELECT seq, at, actor, action FROM log_entry WHERE seq > ? ORDER BY seq')
      .raw();
    for (const row of added.iterate(after)) this.#add(row);
    const last = this.#columns.seq[this.#size - 1];
    this.#last = last === undefined ? null : String(leaf.get(last));
  }

  #add([seq, at, actor, action]: Row): void {
    if (this.#size === this.#columns.seq.length) this.#columns = columnsOf(2 * this.#size, this.#columns);
    const columns = this.#columns;
    columns.seq[this.#size] = seq;
    columns.at[this.#size] = Date.parse(at);
    columns.actorId[this.#size] = numbered(this.#actors, actor);
    columns.actionId[this.#size] = numbered(this.#actions, action);
    this.#size += 1;
  }
}

type Row = [seq: number, at: string, actor: string, action: string];

interface Columns {
  readonly seq: Float64Array;
  /** Milliseconds since 1970; NaN where the entry's moment is none. */
  readonly at: Float64Array;
  readonly actorId: Uint32Array;
  readonly actionId: Uint32Array;
}

function columnsOf(room: number, held?: Columns): Columns {
  const columns = {
    seq: new Float64Array(room),
    at: new Float64Array(room),
    actorId: new Uint32Array(room),
    actionId: new Uint32Array(room),
  };
  if (held !== undefined) {
    columns.seq.set(held.seq);
    columns.at.set(held.at);
    columns.actorId.set(held.actorId);
    columns.actionId.set(held.actionId);
  }
  return columns;
}

function numbered(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

/** Null where nothing is asked; -1, which no entry has, where nobody has the name. */
const idIn = (names: ReadonlyMap<string, number>, name: string | undefined): number | null =>
  name === undefined ? null : (names.get(name) ?? -1);

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { NoteVerifier } from './checkpoint-key.ts';

/** A signed head of this log that stands elsewhere than among its heads. */
interface KeptHead {
  /** Who or what holds it, as a sentence begins. */
  readonly holder: string;
  readonly size: number;
  readonly root: string;
  readonly note: string;
}

const WitnessRows = z.array(
  z.object({ size: z.int(), root: z.string(), note: z.string(), kept_by: z.string() }),
);
const StatementRows = z.array(z.object({ digest: z.string(), note: z.string(), key: z.string() }));

/** Heads that others kept and brought back. */
export const witnessed = (db: Database): KeptHead[] =>
  WitnessRows.parse(db.prepare('SELECT size, root, note, kept_by FROM witness ORDER BY size, id').all()).map(
    ({ kept_by: holder, size, root, note }) => ({ holder, size, root, note }),
  );

/** Heads of this log in the statements that people signed. */
export const inStatements = (db: Database, key: string, verifier: NoteVerifier): KeptHead[] =>
  StatementRows.parse(
    db
      .prepare(
        `SELECT digest, payload ->> '$.predicate.checkpoint.note' AS note, payload ->> '$.predicate.checkpoint.key' AS key
         FROM statement WHERE payload ->> '$.predicate.checkpoint.key' = ? ORDER BY frozen_at, rowid`,
      )
      .all(key),
  ).map(({ digest, note }) => {
    const { size = 0, root = '' } = verifier.head(note) ?? {};
    return { holder: `the statement ${digest.slice(0, 12)}…`, size, root, note };
  });

/** Holds a log, as its entries are walked, against heads of it that stand elsewhere. */
export class KeptHeads {
  readonly count: number;
  #problem: string | null = null;
  readonly #bySize = new Map<number, KeptHead[]>();

  constructor(heads: readonly KeptHead[], verifier: NoteVerifier) {
    this.count = heads.length;
    for (const head of heads) this.#bySize.set(head.size, [...(this.#bySize.get(head.size) ?? []), head]);
    const unsigned = heads.find(({ note, size, root }) => {
      const stated = verifier.head(note);
      return stated?.size !== size || stated.root !== root;
    });
    if (unsigned !== undefined)
      this.#problem = `the head of ${unsigned.size} entries that ${unsigned.holder} holds is not signed by the log's key`;
  }

  /** Compares with what was kept of the log when it had `size` entries; `root` is asked for only where something was. */
  compare(size: number, root: () => string): void {
    for (const head of this.#bySize.get(size) ?? []) {
      if (head.root !== root())
        this.#problem ??= `FORK: ${head.holder} holds a head of ${size} entries that this log signed with another root; entries before ${size} were rewritten`;
    }
  }

  /** Whether a head of more than `from` and fewer than `until` entries was kept. */
  within(from: number, until: number): boolean {
    return [...this.#bySize.keys()].some((size) => size > from && size < until);
  }

  /** What is wrong once all `size` entries were walked; null when nothing is. */
  end(size: number): string | null {
    const ahead = [...this.#bySize.values()].flat().find((head) => head.size > size);
    return (
      this.#problem ??
      (ahead === undefined
        ? null
        : `REWOUND: ${ahead.holder} holds a signed head of ${ahead.size} entries, here are ${size}`)
    );
  }
}

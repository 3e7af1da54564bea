import { useRef, useState } from 'react';
import { toStatesideError } from '../../app/bridge.ts';
import type { Rows } from './pages.ts';

/** Rows chosen one by one, by ranges or all at once; by their ids, because most rows of a long list are not here. */
export interface RowChoice<Row> {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  /** Why a row cannot be chosen, in a sentence; null when it can. */
  readonly barred: (row: Row) => string | null;
  /** Ids of the rows that can be chosen from one index to another, both included. */
  readonly between: (from: number, to: number) => Promise<readonly string[]>;
}

const NONE: ReadonlySet<string> = new Set();

/** How a table's rows are chosen: the anchor that ranges begin at, and what there is to say of it. */
export function useChoice<Row>(
  choice: RowChoice<Row> | undefined,
  rows: Rows<Row>,
  rowId: (row: Row) => string,
) {
  const anchor = useRef<{ readonly index: number; readonly base: ReadonlySet<string> } | null>(null);
  const asked = useRef(0);
  const [said, setSaid] = useState('');
  const [whole, setWhole] = useState(false);
  const chosen = choice?.chosen ?? NONE;

  function choose(next: ReadonlySet<string>, all = false): void {
    asked.current += 1;
    setSaid(all && next.size === 0 ? 'none of these can be chosen' : '');
    setWhole(all);
    choice?.onChoose(next);
  }

  /** Ids of a range: of rows that are here at once, else from whoever gives the rows. */
  function idsBetween(from: number, to: number): readonly string[] | Promise<readonly string[]> {
    const ids: string[] = [];
    for (let index = from; index <= to; index += 1) {
      const row = rows.rowAt(index);
      if (row === undefined) return choice?.between(from, to) ?? [];
      if (choice?.barred(row) === null) ids.push(rowId(row));
    }
    return ids;
  }

  /** Adds a range to `base`; an answer that comes after something else was chosen is dropped. */
  async function add(base: ReadonlySet<string>, from: number, to: number, all = false): Promise<void> {
    const ids = idsBetween(from, to);
    if (!(ids instanceof Promise)) return choose(new Set([...base, ...ids]), all);
    asked.current += 1;
    const ticket = asked.current;
    setSaid('choosing…');
    try {
      const next = new Set([...base, ...(await ids)]);
      if (ticket === asked.current) choose(next, all);
    } catch (error) {
      if (ticket === asked.current) setSaid(toStatesideError(error).message);
    }
  }

  return {
    said,
    /** Whether all that can be chosen is. */
    whole: whole && chosen.size > 0,
    /** Chooses a row, or leaves it out again; ranges begin here. */
    toggle(index: number): void {
      const row = rows.rowAt(index);
      if (choice === undefined || row === undefined) return;
      const because = choice.barred(row);
      if (because !== null) {
        setSaid(because);
        return;
      }
      const next = new Set(chosen);
      if (!next.delete(rowId(row))) next.add(rowId(row));
      anchor.current = { index, base: next };
      choose(next);
    },
    /** Chooses from where the range began, or from `from`, to `to`, besides what was chosen before it. */
    async extend(from: number, to: number): Promise<void> {
      if (choice === undefined) return;
      anchor.current ??= { index: from, base: chosen };
      const { index, base } = anchor.current;
      await add(base, Math.min(index, to), Math.max(index, to));
    },
    async all(): Promise<void> {
      if (choice === undefined || rows.total === undefined || rows.total === 0) return;
      anchor.current = null;
      await add(NONE, 0, rows.total - 1, true);
    },
    clear(): void {
      anchor.current = null;
      if (chosen.size > 0) choose(NONE);
      else setSaid('');
    },
  };
}

export type Choosing = ReturnType<typeof useChoice>;

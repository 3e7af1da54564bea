import { keepPreviousData, useQueries, useQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { StatesideError } from '../../../shared/domain/error.ts';

/** So few that a page that comes in mid-scroll fits into a frame. */
const PAGE_ROWS = 50;
/** So many rows before they come in sight their page is asked for. */
const AHEAD = 60;

export interface Rows<Row> {
  readonly total: number | undefined;
  readonly error: StatesideError | null;
  /** undefined while its page is on the way. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Tells which rows are in sight, so that their pages come. */
  readonly show: (first: number, last: number) => void;
  readonly retry: () => void;
}

interface PageOf<Row> {
  total: number;
  offset: number;
  rows: Row[];
}

/** A long list read by pages as it scrolls; only the first page and those in sight, or soon to be, are asked for. */
export function usePagedRows<Row>(
  key: QueryKey,
  fetchPage: (offset: number, limit: number) => Promise<PageOf<Row>>,
): Rows<Row> {
  const [sight, setSight] = useState({ from: 0, to: 0 });
  const optionsOf = (page: number) => ({
    queryKey: [...key, page],
    queryFn: () => fetchPage(page * PAGE_ROWS, PAGE_ROWS),
  });
  const first = useQuery({ ...optionsOf(0), placeholderData: keepPreviousData });
  const lastPage = Math.max(0, Math.ceil((first.data?.total ?? 0) / PAGE_ROWS) - 1);
  const pages = Array.from({ length: sight.to - sight.from + 1 }, (_, step) => sight.from + step).filter(
    (page) => page <= lastPage,
  );
  const inSight = useQueries({ queries: pages.map(optionsOf) });
  const show = useCallback((firstRow: number, lastRow: number) => {
    const from = Math.floor(Math.max(0, firstRow - AHEAD) / PAGE_ROWS);
    const to = Math.floor((lastRow + AHEAD) / PAGE_ROWS);
    setSight((sight) => (sight.from === from && sight.to === to ? sight : { from, to }));
  }, []);
  return {
    total: first.data?.total,
    error: first.error ?? inSight.find((page) => page.error !== null)?.error ?? null,
    rowAt: (index) => {
      const page = Math.floor(index / PAGE_ROWS);
      const data = page === 0 ? first.data : inSight[page - sight.from]?.data;
      return data?.rows[index - page * PAGE_ROWS];
    },
    show,
    retry: () => {
      void first.refetch();
      for (const page of inSight) if (page.error !== null) void page.refetch();
    },
  };
}

/** A list that is here whole. */
export function wholeRows<Row>(rows: readonly Row[]): Rows<Row> {
  return { total: rows.length, error: null, rowAt: (index) => rows[index], show: () => {}, retry: () => {} };
}

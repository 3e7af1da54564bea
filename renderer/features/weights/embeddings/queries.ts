import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../../app/bridge.ts';
import { usePagedRows } from '../../../components/table/pages.ts';

export const useTables = (release: string) =>
  useQuery({
    queryKey: ['weights', 'tables', release],
    queryFn: () => value(bridge.weights.tables({ release })),
  });

export const useTableRows = (release: string, table: string, q: string) =>
  usePagedRows(['weights', 'tableRows', release, table, q], (offset, limit) =>
    value(bridge.weights.tableRows({ release, table, q, offset, limit })),
  );

export const useNeighbours = (release: string, table: string, row: number, against: string | null) =>
  useQuery({
    queryKey: ['weights', 'neighbours', release, table, row, against],
    queryFn: () => value(bridge.weights.neighbours({ release, table, row, against })),
    placeholderData: keepPreviousData,
  });

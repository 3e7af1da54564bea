import { useMutation, useQuery } from '@tanstack/react-query';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { SavedFilter } from '../../../../shared/domain/review/filter.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { usePagedRows } from '../../../components/table/pages.ts';
import { filterOf, type HistorySearch } from './search.ts';

/** The first answer tells how many there are, and whether there are more than were counted. */
export function useDecisions(search: HistorySearch) {
  const filter = filterOf(search);
  return usePagedRows(['review', 'history', filter], (offset, limit) =>
    value(bridge.review.history({ offset, limit, filter })),
  );
}

/** True where counting stopped before the end. */
export function useUncounted(search: HistorySearch): boolean {
  const filter = filterOf(search);
  const { data } = useQuery({
    queryKey: ['review', 'history', filter, 'more'],
    queryFn: () => value(bridge.review.history({ offset: 0, limit: 1, filter })),
  });
  return data?.more ?? false;
}

export const useFilters = () =>
  useQuery({ queryKey: ['review', 'filters'], queryFn: () => value(bridge.review.filters()) });

export const useSaveFilter = () =>
  useMutation({ mutationFn: (filter: SavedFilter) => value(bridge.review.saveFilter(filter)) });

export const useRemoveFilter = () =>
  useMutation({ mutationFn: (id: string) => value(bridge.review.removeFilter({ id })) });

export const useReverse = () =>
  useMutation({
    mutationFn: (input: { decision: string; ruling: Ruling }) => value(bridge.review.reverse(input)),
  });

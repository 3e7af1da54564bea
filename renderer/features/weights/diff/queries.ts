import { useQuery } from '@tanstack/react-query';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { usePagedRows } from '../../../components/table/pages.ts';
import type { DiffSearch } from './search.ts';

export function useDifferences(pair: ReleasePair, { q, kind, sort, desc }: DiffSearch) {
  const wanted = { ...pair, q, kind: kind ?? null, sort, desc };
  return usePagedRows(['weights', 'tensorDifferences', wanted], (offset, limit) =>
    value(bridge.weights.tensorDifferences({ ...wanted, offset, limit })),
  );
}

export const useDifference = (pair: ReleasePair, tensor: string) =>
  useQuery({
    queryKey: ['weights', 'tensorDifference', pair, tensor],
    queryFn: () => value(bridge.weights.tensorDifference({ ...pair, tensor })),
  });

import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReleasePair } from '../../../../shared/contract/changes.ts';
import { bridge, value } from '../../../app/bridge.ts';

export const useChanges = ({ before, after }: ReleasePair) =>
  useQuery({
    queryKey: ['weights', 'changes', before, after],
    queryFn: () => value(bridge.weights.changes({ before, after })),
  });

export const useCompare = () =>
  useMutation({ mutationFn: (pair: ReleasePair) => value(bridge.weights.compare(pair)) });

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { HeatRule } from '../../../../shared/domain/weights/heat.ts';
import type { ListQuery } from '../../../../shared/domain/weights/tensor-list.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { usePagedRows } from '../../../components/table/pages.ts';

export interface TensorRef {
  readonly release: string;
  readonly tensor: string;
}

export function useTensors(release: string, query: ListQuery) {
  const wanted = { release, ...query };
  return usePagedRows(['weights', 'tensors', wanted], (offset, limit) =>
    value(bridge.weights.tensors({ ...wanted, offset, limit })),
  );
}

export const useTotals = (release: string) =>
  useQuery({
    queryKey: ['weights', 'tensorTotals', release],
    queryFn: () => value(bridge.weights.tensorTotals({ release })),
  });

export const useMeasureTensors = () =>
  useMutation({ mutationFn: (release: string) => value(bridge.weights.measureTensors({ release })) });

export const useTensor = ({ release, tensor }: TensorRef) =>
  useQuery({
    queryKey: ['weights', 'tensor', release, tensor],
    queryFn: () => value(bridge.weights.tensor({ release, tensor })),
  });

export const useHeat = (of: TensorRef, slice: string, rule: HeatRule) =>
  useQuery({
    queryKey: ['weights', 'tensorHeat', of, slice, rule],
    queryFn: () => value(bridge.weights.tensorHeat({ ...of, slice, rule })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });

export const useSliceHistogram = (of: TensorRef, slice: string) =>
  useQuery({
    queryKey: ['weights', 'tensorHistogram', of, slice],
    queryFn: () => value(bridge.weights.tensorHistogram({ ...of, slice })),
    gcTime: 30_000,
  });

export function useValues(of: TensorRef, slice: string, column: number, columns: number) {
  return usePagedRows(['weights', 'tensorValues', of, slice, column], (offset, limit) =>
    value(bridge.weights.tensorValues({ ...of, slice, offset, limit, column, columns })),
  );
}

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { BulkInput } from '../../../../shared/contract/review/bulk.ts';
import { bridge, value } from '../../../app/bridge.ts';

/** What a bulk action would do; asked for anew whenever the filter, the ruling or the decisions change. */
export const usePreview = (input: BulkInput, enabled: boolean) =>
  useQuery({
    queryKey: ['review', 'bulk', input],
    queryFn: () => value(bridge.review.previewBulk(input)),
    enabled,
    placeholderData: keepPreviousData,
  });

export const useApply = () =>
  useMutation({
    mutationFn: (input: { change: BulkInput; digest: string; title: string }) =>
      value(bridge.review.applyBulk(input)),
  });

export const useBatches = () =>
  useQuery({ queryKey: ['review', 'batches'], queryFn: () => value(bridge.review.batches()) });

export const useUndoBatch = () =>
  useMutation({ mutationFn: (batch: string) => value(bridge.review.undoBatch({ batch })) });

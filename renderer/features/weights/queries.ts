import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { bridge, value } from '../../app/bridge.ts';

/** A release and the snapshot it is measured on; null: the workspace has no snapshot that can be read. */
export interface Measured {
  readonly release: string;
  readonly snapshot: string | null;
}

export const useReferences = () =>
  useQuery({ queryKey: ['weights', 'references'], queryFn: () => value(bridge.weights.references()) });

export const useFormula = (release: string, against: string | null) =>
  useQuery({
    queryKey: ['weights', 'formula', release, against],
    queryFn: () => value(bridge.weights.formula({ release, against })),
    placeholderData: keepPreviousData,
  });

export const useWorth = ({ release, snapshot }: Measured) =>
  useQuery({
    queryKey: ['weights', 'worth', release, snapshot],
    queryFn: () => value(bridge.weights.worth({ release, snapshot: snapshot ?? '' })),
    enabled: snapshot !== null,
  });

export const useEffects = ({ release, snapshot }: Measured, against: string | null) =>
  useQuery({
    queryKey: ['weights', 'effects', release, snapshot, against],
    queryFn: () =>
      value(bridge.weights.effects({ release, snapshot: snapshot ?? '', against: against ?? '' })),
    enabled: snapshot !== null && against !== null,
  });

export const useSample = (snapshot: string) =>
  useQuery({
    queryKey: ['weights', 'sample', snapshot],
    queryFn: () => value(bridge.weights.sample({ snapshot })),
  });

export const useKeptFeed = (release: string, snapshot: string, requestId: string) =>
  useQuery({
    queryKey: ['weights', 'keptFeed', release, snapshot, requestId],
    queryFn: () => value(bridge.weights.keptFeed({ release, snapshot, requestId })),
    placeholderData: keepPreviousData,
  });

export const useWhatIf = (release: string, snapshot: string, policy: RankingPolicy) =>
  useQuery({
    queryKey: ['weights', 'whatIf', release, snapshot, policy],
    queryFn: () => value(bridge.weights.whatIf({ release, snapshot, policy })),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });

export const useDrafts = (release: string) =>
  useQuery({
    queryKey: ['weights', 'drafts', release],
    queryFn: () => value(bridge.weights.drafts({ release })),
  });

export const useSaveDraft = () =>
  useMutation({
    mutationFn: (draft: { release: string; name: string; policy: RankingPolicy }) =>
      value(bridge.weights.saveDraft(draft)),
  });

export const useRemoveDraft = () =>
  useMutation({ mutationFn: (id: string) => value(bridge.weights.removeDraft({ id })) });

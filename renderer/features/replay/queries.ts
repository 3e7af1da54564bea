import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import type { ReplayDetail, ReplayInput } from '../../../shared/contract/replay.ts';
import { bridge, value } from '../../app/bridge.ts';
import { usePagedRows } from '../../components/table/pages.ts';
import type { RequestsSearch } from './search.ts';

export const useReplays = () =>
  useQuery({ queryKey: ['replay', 'list'], queryFn: () => value(bridge.replay.list()) });

export const useReplay = (id: string) =>
  useQuery({ queryKey: ['replay', 'get', id], queryFn: () => value(bridge.replay.get({ id })) });

export const useReplaysOf = (ids: readonly string[]) =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: ['replay', 'get', id],
      queryFn: () => value(bridge.replay.get({ id })),
    })),
  });

export const useMovedItems = (id: string) =>
  useQuery({
    queryKey: ['replay', 'movedItems', id],
    queryFn: () => value(bridge.replay.movedItems({ id })),
  });

/** What the requests of a snapshot can be sliced and stratified by. */
export const useAttributes = (snapshot: string | null) =>
  useQuery({
    queryKey: ['replay', 'attributes', snapshot],
    queryFn: () => value(bridge.replay.attributes({ snapshot: snapshot ?? '' })),
    enabled: snapshot !== null,
  });

export const useSnapshots = () =>
  useQuery({ queryKey: ['snapshots', 'list'], queryFn: () => value(bridge.snapshots.list()) });

export const useStart = () =>
  useMutation({ mutationFn: (input: ReplayInput) => value(bridge.replay.start(input)) });

export const useResume = () =>
  useMutation({ mutationFn: (input: { id: string }) => value(bridge.replay.resume(input)) });

/** What can be ranked by on a snapshot. */
export const useRankers = (snapshot: string | null) =>
  useQuery({
    queryKey: ['replay', 'rankers', snapshot],
    queryFn: () => value(bridge.replay.rankers({ snapshot: snapshot ?? '' })),
    enabled: snapshot !== null,
  });

/** How long a replay will take; tried once for the same input. */
export const useEstimate = (input: ReplayInput | null) =>
  useQuery({
    queryKey: ['estimate', input],
    queryFn: () => (input === null ? null : value(bridge.replay.estimate(input))),
    enabled: input !== null,
    staleTime: Infinity,
    retry: false,
  });

export const useRemove = () =>
  useMutation({ mutationFn: (input: { id: string }) => value(bridge.replay.remove(input)) });

/** What a list of requests asks for. */
export const queryOf = (replayId: string, { sort, desc, q, only }: RequestsSearch) => ({
  replayId,
  sort,
  descending: desc,
  search: q,
  only,
});

export function useRequests(replayId: string, search: RequestsSearch) {
  const query = queryOf(replayId, search);
  return usePagedRows(['replay', 'requests', query], (offset, limit) =>
    value(bridge.replay.requests({ ...query, offset, limit })),
  );
}

/** The requests before and after place `at` of the list, as it is sorted and filtered. */
export function useNeighbours(replayId: string, search: RequestsSearch, at: number | undefined) {
  const query = { ...queryOf(replayId, search), offset: Math.max(0, (at ?? 0) - 1), limit: 3 };
  return useQuery({
    queryKey: ['replay', 'requests', query],
    queryFn: () => value(bridge.replay.requests(query)),
    enabled: at !== undefined,
    select: ({ total, offset, rows }) => ({
      total,
      before: at === undefined || at === 0 ? undefined : rows[at - 1 - offset],
      after: at === undefined ? undefined : rows[at + 1 - offset],
    }),
  });
}

const feedOf = ({ snapshot, baseline, candidate }: ReplayDetail, requestId: string) => ({
  snapshot: snapshot.digest,
  baseline: baseline.digest,
  candidate: candidate.digest,
  requestId,
});

/** One request under both rankers of a replay. */
export function useFeed(replay: ReplayDetail, requestId: string) {
  const input = feedOf(replay, requestId);
  return useQuery({
    queryKey: ['replay', 'feed', input],
    queryFn: () => value(bridge.replay.feed(input)),
  });
}

/** The change of one feed taken apart; not asked where a side is the logged order, which has no parts. */
export function useFeedAttribution(replay: ReplayDetail, requestId: string) {
  const input = { ...feedOf(replay, requestId), topK: replay.settings.topK };
  return useQuery({
    queryKey: ['replay', 'attribution', input],
    queryFn: () => value(bridge.replay.attribution(input)),
    enabled: replay.baseline.kind !== 'logged' && replay.candidate.kind !== 'logged',
    retry: false,
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { deskKey, type Claim } from '../queries.ts';

const RENEW_MS = 60_000;

/** What is done to the feed at work. Every step is on disk before the window shows it. */
export function useDesk(claim: Claim, task: ReviewTask) {
  const client = useQueryClient();
  const { campaign, feed, revision } = task;
  const place = { campaign, feed, revision };
  const change = useMutation({
    mutationFn: (ruling: Ruling | null) =>
      value(ruling === null ? bridge.review.undo(place) : bridge.review.rule({ ...place, ruling })),
    onSuccess: (draft) => client.setQueryData(deskKey(claim), { ...task, ...draft }),
  });
  const leave = () => client.resetQueries({ queryKey: deskKey(claim) });
  const submit = useMutation({ mutationFn: () => value(bridge.review.submit(place)), onSuccess: leave });
  const hold = useMutation({
    mutationFn: (input: { until: string; note: string }) =>
      value(bridge.review.hold({ campaign, feed, ...input })),
    onSuccess: leave,
  });
  const handOver = useMutation({
    mutationFn: (input: { to: string; note: string }) =>
      value(bridge.review.handOver({ campaign, feed, ...input })),
    onSuccess: leave,
  });
  useEffect(() => {
    const timer = setInterval(() => void bridge.review.renew({ campaign, feed }), RENEW_MS);
    return () => clearInterval(timer);
  }, [campaign, feed]);
  return { change, submit, hold, handOver, reload: leave };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { plural } from '../../../components/number.ts';
import { deskKey, useReviewer, type Claim } from '../queries.ts';

const RENEW_MS = 60_000;
/** Who touched neither keys nor pointer for so long is not at work; the lease may run out, and nothing is lost. */
const IDLE_MS = 5 * RENEW_MS;

/** What is done to the feed at work. Every step is on disk before the window shows it. */
export function useDesk(claim: Claim, task: ReviewTask, onSay: (words: string) => void) {
  const client = useQueryClient();
  const shown = deskKey(claim, useReviewer().data?.person ?? '');
  const { campaign, feed, revision } = task;
  const place = { campaign, feed, revision };
  const change = useMutation({
    mutationFn: (ruling: Ruling | null) =>
      value(ruling === null ? bridge.review.undo(place) : bridge.review.rule({ ...place, ruling })),
    onSuccess: (draft) => client.setQueryData(shown, { ...task, ...draft }),
  });
  const key = { queryKey: shown, exact: true };
  /** The feed that was left stays in sight until the next one is there, so that nothing flickers. */
  const leave = () => {
    forget();
    return client.refetchQueries(key, { throwOnError: true }).catch(() => client.resetQueries(key));
  };
  const submit = useMutation({
    mutationFn: () => value(bridge.review.submit({ ...place, next: claim })),
    onSuccess: ({ decisions, next }) => {
      onSay(`Feed ${feed + 1} submitted, ${plural(decisions.length, 'decision')} on disk.`);
      if (next === undefined) return leave();
      forget();
      client.setQueryData(shown, next);
      return undefined;
    },
  });
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
  const renew = useMutation({
    mutationFn: () => value(bridge.review.renew({ campaign, feed })),
    onSuccess: ({ leaseUntil }) =>
      client.setQueryData<ReviewTask>(
        shown,
        (task) => task && (task.feed === feed ? { ...task, leaseUntil } : task),
      ),
  });
  /** What went wrong with a feed is not said of the next one. */
  function forget(): void {
    for (const step of [change, submit, hold, handOver, renew]) step.reset();
  }
  useWhileAtWork(renew.mutate);
  return { change, submit, hold, handOver, renew, reload: leave };
}

/** Runs `act` every minute in which the person pressed a key or moved the pointer lately. */
function useWhileAtWork(act: () => void): void {
  useEffect(() => {
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const timer = setInterval(() => {
      if (Date.now() - touched < IDLE_MS) act();
    }, RENEW_MS);
    window.addEventListener('keydown', touch);
    window.addEventListener('pointermove', touch);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', touch);
      window.removeEventListener('pointermove', touch);
    };
  }, [act]);
}

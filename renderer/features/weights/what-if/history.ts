import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';

interface Step {
  readonly policy: RankingPolicy;
  /** The dial that led here; null when it was something else, a draft that was opened for example. */
  readonly dial: string | null;
  /** When, in milliseconds. */
  readonly at: number;
}

/** Policies that were tried one after another, and where one stands among them. */
export interface History {
  readonly past: readonly Step[];
  readonly now: Step;
  /** Nearest first. */
  readonly future: readonly Step[];
}

/** A dial that goes on moving after a shorter pause makes one step. */
const PAUSE_MS = 800;
const MOST_STEPS = 500;

export const begun = (policy: RankingPolicy): History => ({
  past: [],
  now: { policy, dial: null, at: -Infinity },
  future: [],
});

/** A policy is tried; the turns of one dial in one go are one step. */
export function tried(history: History, policy: RankingPolicy, dial: string | null, at: number): History {
  const { past, now } = history;
  if (policy === now.policy) return history;
  const goesOn = dial !== null && dial === now.dial && at - now.at < PAUSE_MS;
  return {
    past: goesOn ? past : [...past, now].slice(-MOST_STEPS),
    now: { policy, dial, at },
    future: [],
  };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: { ...before, at: -Infinity },
    future: [history.now, ...history.future],
  };
}

export function redone(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: { ...next, at: -Infinity }, future };
}

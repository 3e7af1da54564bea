import { useEffect, useState } from 'react';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { ItemAction, PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { keepWork, keptWork, type KeptWork } from './kept-work.ts';
import { lastForm } from './last-form.ts';

/** What the window knows of the feed at work beside its draft. */
export interface Work extends KeptWork {
  /** Whether the next action adds to what was decided of the item. */
  readonly adding: boolean;
  /** The actions that wait for a policy. */
  readonly asked: readonly ItemAction[] | null;
  readonly leaving: boolean;
  /** Items whose still is seen now. */
  readonly uncovered: ReadonlySet<string>;
  /** Why the feed was not submitted. */
  readonly kept: string | null;
}

/** What a feed at work begins with. */
interface Begin {
  readonly library: PolicyLibrary;
  /** The draft. */
  readonly steps: readonly Ruling[];
}

/**
 * Begins anew with every feed, or goes on where one was left, while the desk itself stays, so that little is drawn when the next one comes. A change
 * made for a feed that was left meanwhile is dropped.
 */
export function useWork(place: string, begin: Begin) {
  const [work, setWork] = useState<Work>(() => begun(place, begin));
  const current = work.place === place ? work : begun(place, begin);
  if (current !== work) setWork(current);
  const change = (to: Partial<Omit<Work, 'place'>> | ((before: Work) => Partial<Omit<Work, 'place'>>)) =>
    setWork((before) =>
      before.place === place ? { ...before, ...(typeof to === 'function' ? to(before) : to) } : before,
    );
  useEffect(() => keepWork(current), [current]);
  return { ...current, change };
}

const begun = (place: string, { library, steps }: Begin): Work => ({
  ...{ place, at: 0, adding: false, asked: null, leaving: false, form: lastForm(library) },
  ...{ uncovered: new Set(), notes: new Map(), kept: null },
  revealed: new Set(steps.flatMap(({ uncovered = [] }) => uncovered)),
  ...keptWork(place),
});

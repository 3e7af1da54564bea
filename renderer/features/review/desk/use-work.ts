import { useState } from 'react';
import type { ItemAction, PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { lastForm } from './last-form.ts';
import type { Form } from './ruling.ts';

/** What the window knows of the feed at work beside its draft. */
export interface Work {
  readonly place: string;
  /** The chosen card, from 0. */
  readonly at: number;
  /** Whether the next action adds to what was decided of the item. */
  readonly adding: boolean;
  /** The actions that wait for a policy. */
  readonly asked: readonly ItemAction[] | null;
  readonly leaving: boolean;
  /** Items whose still is seen now, and those it was seen of. */
  readonly uncovered: ReadonlySet<string>;
  readonly revealed: ReadonlySet<string>;
  readonly form: Form;
  /** What was written of items that were left before it was saved. */
  readonly notes: ReadonlyMap<string, string>;
  /** Why the feed was not submitted. */
  readonly kept: string | null;
}

/**
 * Begins anew with every feed while the desk itself stays, so that little is drawn when the next one comes. A change
 * made for a feed that was left meanwhile is dropped.
 */
export function useWork(place: string, library: PolicyLibrary) {
  const [work, setWork] = useState<Work>(() => begun(place, library));
  const current = work.place === place ? work : begun(place, library);
  if (current !== work) setWork(current);
  const change = (to: Partial<Omit<Work, 'place'>> | ((before: Work) => Partial<Omit<Work, 'place'>>)) =>
    setWork((before) =>
      before.place === place ? { ...before, ...(typeof to === 'function' ? to(before) : to) } : before,
    );
  return { ...current, change };
}

const begun = (place: string, library: PolicyLibrary): Work => ({
  ...{ place, at: 0, adding: false, asked: null, leaving: false, form: lastForm(library) },
  ...{ uncovered: new Set(), revealed: new Set(), notes: new Map(), kept: null },
});

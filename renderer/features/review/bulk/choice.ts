import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import type { DecisionFilter } from '../../../../shared/domain/review/filter.ts';
import { bridge, value } from '../../../app/bridge.ts';
import type { RowChoice } from '../../../components/table/choice.ts';
import { useReviewer } from '../queries.ts';

interface Chosen {
  /** The list they were chosen in: another list has none of them. */
  readonly list: string;
  readonly ids: readonly string[];
  readonly set: (part: Pick<Chosen, 'list' | 'ids'>) => void;
}

const useStored = create<Chosen>()(
  persist((set) => ({ list: '', ids: [], set: (part) => set(part) }), {
    name: 'stateside-chosen-decisions',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

const NONE: readonly string[] = [];

/** The decisions chosen in the list that a filter finds, while this window is open. */
export function useChosen(filter: DecisionFilter) {
  const { person } = useReviewer().data ?? { person: '' };
  const list = JSON.stringify([person, filter]);
  const stored = useStored();
  const { set } = stored;
  return {
    ids: stored.list === list ? stored.ids : NONE,
    choose: useCallback((ids: Iterable<string>) => set({ list, ids: [...ids] }), [set, list]),
  };
}

/** How decisions of the list that a filter finds are chosen; undefined for who can change none. */
export function useDecisionChoice(filter: DecisionFilter): RowChoice<HistoryRow> | undefined {
  const { data: reviewer = null } = useReviewer();
  const { ids, choose } = useChosen(filter);
  const chosen = useMemo(() => new Set(ids), [ids]);
  if (reviewer === null || !reviewer.roles.includes('reviewer')) return undefined;
  return {
    chosen,
    onChoose: choose,
    barred: (row) => barredBecause(row, reviewer.person),
    between: (from, to) => value(bridge.review.changeable({ filter, offset: from, limit: to - from + 1 })),
  };
}

function barredBecause({ person, ruling, reversedBy }: HistoryRow, own: string): string | null {
  if (person !== own) return `only ${person} can change it`;
  if (ruling.kind !== 'item') return 'it is of a whole feed; open it to reverse it';
  return reversedBy === null ? null : 'it is reversed already';
}

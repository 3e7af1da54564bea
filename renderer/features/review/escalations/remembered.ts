import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { EscalationSort } from '../../../../shared/contract/review/escalations.ts';

interface Remembered {
  readonly sort: EscalationSort;
  readonly desc: boolean;
  readonly set: (part: Pick<Remembered, 'sort' | 'desc'>) => void;
}

/** How the table of escalations was left on this machine. */
export const useRemembered = create<Remembered>()(
  persist((set) => ({ sort: 'urgency', desc: false, set: (part) => set(part) }), {
    name: 'stateside-escalations',
  }),
);

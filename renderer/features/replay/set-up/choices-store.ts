import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Choices } from './choices.ts';
import { NO_EVIDENCE } from './evidence.ts';

interface Remembered extends Choices {
  readonly set: (part: Partial<Choices>) => void;
}

/** What was chosen last in this window, on this machine. */
export const useChoices = create<Remembered>()(
  persist(
    (set): Remembered => ({
      ...{ snapshot: null, baseline: null, candidate: null },
      ...{ limit: null, seed: 1, topK: 10, evidence: NO_EVIDENCE },
      set: (part) => set(part),
    }),
    { name: 'stateside-replay-set-up', version: 1 },
  ),
);

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type SchemeChoice = 'auto' | 'light' | 'dark';

interface WindowState {
  scheme: SchemeChoice;
  railWide: boolean;
  /** Key the person at this window signs with; nothing is unlocked by choosing it. */
  keyId: string | null;
  readonly set: (part: Partial<Pick<WindowState, 'scheme' | 'railWide' | 'keyId'>>) => void;
}

/** How this window looks on this machine; never data of the workspace. */
export const useWindowState = create<WindowState>()(
  persist(
    (set) => ({
      scheme: 'auto',
      railWide: true,
      keyId: null,
      set: (part) => set(part),
    }),
    { name: 'stateside-window' },
  ),
);

import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ListSort } from '../../../../shared/domain/weights/tensor-list.ts';

interface Remembered {
  readonly sort: ListSort;
  readonly desc: boolean;
  /** Columns that are not shown. */
  readonly hidden: readonly string[];
  readonly set: (part: Partial<Pick<Remembered, 'sort' | 'desc' | 'hidden'>>) => void;
}

/** How the table of tensors was left on this machine. */
export const useRemembered = create<Remembered>()(
  persist(
    (set) => ({
      sort: 'anomaly',
      desc: false,
      hidden: ['file', 'nans', 'infinities', 'low', 'median', 'high'],
      set: (part) => set(part),
    }),
    { name: 'stateside-tensors' },
  ),
);

import { useEffect } from 'react';
import { create } from 'zustand';

interface Drop {
  /** What happens with the paths of dropped files on this page; null: they are imported. */
  readonly take: ((paths: string[]) => void) | null;
  readonly words: { readonly title: string; readonly note: string };
}

const IMPORT: Drop = {
  take: null,
  words: {
    title: 'Drop to import',
    note: 'A release bundle (folder or .zip) or a snapshot (.snapshot.sqlite)',
  },
};

export const useDrop = create<Drop>()(() => IMPORT);

/** While a page with this is open, files dropped on the window go to it. `take` must not change at every draw. */
export function useDropHere(take: (paths: string[]) => void, title: string, note: string): void {
  useEffect(() => {
    useDrop.setState({ take, words: { title, note } });
    return () => useDrop.setState(IMPORT);
  }, [take, title, note]);
}

import { useEffect } from 'react';
import { create } from 'zustand';

interface Place {
  /** The release, replay or request this view is about; null on pages about many. */
  readonly subject: { readonly text: string; readonly title: string } | null;
}

export const usePlace = create<Place>()(() => ({ subject: null }));

/** Names in the bar above the page what the page is about. */
export function useSubject(text: string | undefined, title = text): void {
  useEffect(() => {
    usePlace.setState({ subject: text === undefined ? null : { text, title: title ?? text } });
    return () => usePlace.setState({ subject: null });
  }, [text, title]);
}

import { useEffect, useLayoutEffect } from 'react';
import { create } from 'zustand';

export interface PageKey {
  readonly keys: readonly string[];
  readonly does: string;
}

export const useKeys = create<{ pageKeys: readonly PageKey[] }>()(() => ({ pageKeys: [] }));

/** Names the keys of the page that is open, for the sheet that `?` shows. `keys` must be a constant. */
export function usePageKeys(keys: readonly PageKey[]): void {
  useEffect(() => {
    useKeys.setState({ pageKeys: keys });
    return () => useKeys.setState({ pageKeys: [] });
  }, [keys]);
}

/** True where typing means text, not a command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Runs `handle` for each plain key press outside text fields and dialogs. */
export function useKeyPress(handle: (event: KeyboardEvent) => void): void {
  // before the page is painted, because a person presses a key as soon as they see it
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      handle(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [handle]);
}

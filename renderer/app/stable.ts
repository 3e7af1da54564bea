import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that stays the same and runs what `act` was when the window was last drawn: for parts that are drawn anew
 * only when what they show changes. Not to be called while drawing.
 */
export function useStable<Args extends readonly unknown[]>(
  act: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}

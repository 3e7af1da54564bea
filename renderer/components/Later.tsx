import { useDeferredValue, type ReactNode } from 'react';

/** Mounts what is costly after what stands around it, in steps that let keys and clicks through. */
export function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}

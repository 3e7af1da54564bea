import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { bridge } from './bridge.ts';
import { useKeyPress } from './keys.ts';
import { PAGES } from './pages.ts';

const PATIENCE_MS = 1200;

/** Follows `g` + letter and the application menu. */
export function useGoTo(): void {
  const router = useRouter();
  const pressedG = useRef(0);
  useKeyPress(
    useCallback(
      (event) => {
        const page = PAGES.find(({ letter }) => letter === event.key);
        if (event.key === 'g') pressedG.current = event.timeStamp;
        else if (page !== undefined && event.timeStamp - pressedG.current < PATIENCE_MS) {
          pressedG.current = 0;
          event.preventDefault();
          void router.navigate({ to: page.to });
        }
      },
      [router],
    ),
  );
  useEffect(() => bridge.on('shell:go', (route) => router.history.push(route)), [router]);
}

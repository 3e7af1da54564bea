import { QueryClient } from '@tanstack/react-query';
import type { StatesideError } from '../../shared/domain/error.ts';
import { bridge } from './bridge.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: StatesideError;
  }
}

/** Everything is on this machine: nothing goes stale by itself, and a refusal is not tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Keeps what the window shows true: query keys start with the service's name. */
export function followChanges(): void {
  bridge.on('jobs:changed', (jobs) => queryClient.setQueryData(['jobs', 'list'], jobs));
  bridge.on('data:changed', (services) => {
    // first the window shows what the deed itself answered
    requestIdleCallback(
      () => {
        for (const service of services) void loadAgain(service);
      },
      { timeout: LATEST_MS },
    );
  });
}

/** After so long what changed is asked for again, even by a window that is never idle. */
const LATEST_MS = 200;

/** An answer that was on its way when the data changed may be the old one, so it is asked for anew. */
async function loadAgain(service: string): Promise<void> {
  await queryClient.cancelQueries({ queryKey: [service] });
  await queryClient.invalidateQueries({ queryKey: [service] });
}

import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './query.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';
import { useWindowState } from './window-state.ts';

/** A window made for printing is light, whatever the choice. */
const printing = window.location.hash.startsWith('#/print/');

export function App() {
  const choice = useWindowState((state) => state.scheme);
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const scheme = printing ? 'light' : choice === 'auto' ? system : choice;
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

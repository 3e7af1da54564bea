import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loaded } from './Loaded.tsx';
import { Page } from './Page.tsx';

/** Like Loaded, for a page whose title comes with its data. */
export function LoadedPage<Data>({
  title,
  query,
  children,
}: {
  title: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  return (
    <Page title={title}>
      <Loaded query={query}>{children}</Loaded>
    </Page>
  );
}

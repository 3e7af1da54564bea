import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState.tsx';
import { Skeletons } from './Skeletons.tsx';

/** Loading, failed or there: every view of a query goes through these three. */
export function Loaded<Data>({
  query,
  children,
  skeleton,
}: {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
  skeleton?: ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return skeleton ?? <Skeletons />;
}

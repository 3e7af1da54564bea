import { useEffect, useState, type ReactNode } from 'react';
import type { ChangesView, ReleasePair } from '../../../../shared/contract/changes.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { rankerName } from '../../../components/ranker-name.ts';
import { JobProgress } from '../JobProgress.tsx';
import { useChanges, useCompare } from './queries.ts';

type Compared = NonNullable<ChangesView['compared']>;

/** Two releases, compared when they are first looked at. */
export function Compared({
  pair,
  children,
}: {
  pair: ReleasePair;
  children: (compared: Compared) => ReactNode;
}) {
  const query = useChanges(pair);
  return (
    <Loaded query={query}>
      {(view) => (view.compared === null ? <Comparing pair={pair} view={view} /> : children(view.compared))}
    </Loaded>
  );
}

/** Starts by itself once; after a cancel or a failure it waits to be asked. */
function Comparing({ pair, view }: { pair: ReleasePair; view: ChangesView }) {
  const { mutate, error, data, isIdle } = useCompare();
  const [first] = useState(view.jobId);
  useEffect(() => {
    if (first === null && isIdle) mutate(pair);
  }, [first, isIdle, mutate, pair]);
  if (error !== null) return <ErrorState error={error} retry={() => mutate(pair)} />;
  const both = `${rankerName(view.after)} with ${rankerName(view.before)}`;
  return (
    <JobProgress
      jobId={data?.jobId ?? first}
      doing={`Comparing ${both}`}
      action={`Compare ${both}`}
      onStart={() => mutate(pair)}
    />
  );
}

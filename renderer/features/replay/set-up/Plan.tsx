import { useDebouncedValue } from '@mantine/hooks';
import type { ReplayInput } from '../../../../shared/contract/replay.ts';
import type { SnapshotRow } from '../../../../shared/contract/snapshots.ts';
import type { RankerRef } from '../../../../shared/domain/replay/report.ts';
import { Mark } from '../../../components/Mark.tsx';
import { rankerName } from '../../../components/ranker-name.ts';
import { useEstimate } from '../queries.ts';
import { planText, timeText } from './sentence.ts';
import css from './SetUp.module.css';

/** Typing does not start a trial for every key. */
const PAUSE_MS = 600;

/** What will be run and how long that will likely take, or why it cannot be run. */
export function Plan({
  input,
  rankers,
  snapshot,
}: {
  input: ReplayInput | null;
  rankers: readonly RankerRef[];
  snapshot: SnapshotRow | undefined;
}) {
  const key = input === null ? null : JSON.stringify(input);
  const [settled] = useDebouncedValue(key, PAUSE_MS);
  const { data, error, isFetching } = useEstimate(settled === key ? input : null);
  if (input === null || snapshot === undefined) return null;
  const named = (digest: string): RankerRef | undefined => rankers.find((ranker) => ranker.digest === digest);
  const name = (digest: string): string => {
    const ranker = named(digest);
    if (ranker === undefined) return '…';
    return ranker.kind === 'logged' ? 'the order the log holds' : rankerName(ranker);
  };
  const plan = planText(
    input,
    { snapshot: snapshot.meta.name, baseline: name(input.baseline), candidate: name(input.candidate) },
    snapshot.counts.requests,
  );
  const draft = [input.baseline, input.candidate].some((digest) => named(digest)?.kind !== undefined);
  return (
    <div className={css['plan']} role="status">
      <p>
        {plan}
        {draft && ' It is evidence for no release, because not both are one.'}
      </p>
      {error !== null ? (
        <p>
          <Mark tone="fail" shape="cross">
            It cannot be run
          </Mark>{' '}
          {error.message}
        </p>
      ) : (
        <p className="quiet">
          {data === undefined || data === null || isFetching
            ? 'Trying how long it will take…'
            : timeText(data)}
        </p>
      )}
    </div>
  );
}

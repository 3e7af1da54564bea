import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Gates } from '../../components/Gates.tsx';
import { Mark } from '../../components/Mark.tsx';
import { plural } from '../../components/number.ts';
import { localTime } from '../../components/time.ts';
import { TimeText } from '../../components/TimeText.tsx';
import css from './Document.module.css';
import { useFreeze } from './queries.ts';

/** Gates and the replay they rest on; while the release is open, the evidence can be frozen. */
export function Evidence({ signoff, open }: { signoff: SignoffDetail; open: boolean }) {
  const { statement, replays, gates, releaseDigest } = signoff;
  const [chosen, setChosen] = useState<string | null>(null);
  const freeze = useFreeze();
  const fit = replays.filter(({ staleBecause }) => staleBecause === null);
  const stale = replays.filter(({ staleBecause }) => staleBecause !== null);
  const replayId = chosen ?? fit[0]?.id ?? null;
  const frozen = replays.find(({ id }) => id === statement?.replayId);
  return (
    <>
      {gates.length === 0 ? <p>No gate was judged yet.</p> : <Gates gates={gates} />}
      {frozen !== undefined && (
        <p className={css['prose']} style={{ marginTop: 12 }}>
          Frozen from{' '}
          <Link to="/replay/$id" params={{ id: frozen.id }}>
            the replay of <TimeText at={frozen.createdAt} />
          </Link>{' '}
          over {plural(frozen.requests, 'request')}.
        </p>
      )}
      {statement !== null && statement.staleBecause !== null && (
        <p className={css['stale']}>
          <Mark tone="unknown" shape="ring">
            Stale
          </Mark>{' '}
          {statement.staleBecause}. Nobody can sign it.
        </p>
      )}
      {stale.length > 0 && (
        <ul className={css['against']} aria-label="Replays that do not count">
          {stale.map(({ id, createdAt, staleBecause }) => (
            <li key={id}>
              <Mark tone="unknown" shape="ring">
                Stale
              </Mark>{' '}
              <Link to="/replay/$id" params={{ id }}>
                the replay of <TimeText at={createdAt} />
              </Link>
              : {staleBecause}
            </li>
          ))}
        </ul>
      )}
      {open && replayId !== null && (
        <div className={css['evidence']}>
          <Select
            label={
              statement === null ? 'Replay whose report becomes the evidence' : 'Freeze anew, from the replay'
            }
            w={420}
            data={fit.map(({ id, createdAt, baseline, snapshot, requests }) => ({
              value: id,
              label: `${localTime(createdAt)}: against ${baseline} on ${snapshot}, ${plural(requests, 'request')}`,
            }))}
            value={replayId}
            onChange={setChosen}
          />
          <Button
            id="freeze"
            h={36}
            variant={statement === null ? 'filled' : 'default'}
            loading={freeze.isPending}
            onClick={() => freeze.mutate({ releaseDigest, replayId })}
          >
            Freeze the evidence
          </Button>
        </div>
      )}
      {freeze.error !== null && <ErrorState error={freeze.error} />}
    </>
  );
}

import { Button } from '@mantine/core';
import type { ReplayRow } from '../../../shared/contract/replay.ts';
import { rankerName } from '../../components/ranker-name.ts';
import css from './Replays.module.css';
import { useResume } from './queries.ts';
import { ReplayStateMark } from './ReplayStateMark.tsx';

/** Replays that Stateside left unfinished when it ended, each with a button that goes on with it. */
export function Interrupted({ replays }: { replays: readonly ReplayRow[] }) {
  const resume = useResume();
  const interrupted = replays.filter(({ state }) => state === 'interrupted');
  if (interrupted.length === 0) return null;
  return (
    <ul className={css['interrupted']} aria-label="Interrupted replays">
      {interrupted.map(({ id, state, baseline, candidate, message }) => (
        <li key={id}>
          <ReplayStateMark state={state} />
          <span className="truncate" title={message ?? ''}>
            {rankerName(candidate)} against {rankerName(baseline)}. {message}
          </span>
          <Button
            variant="default"
            loading={resume.isPending && resume.variables.id === id}
            onClick={() => resume.mutate({ id })}
          >
            Resume
          </Button>
        </li>
      ))}
    </ul>
  );
}

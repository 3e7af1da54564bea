import type { ReplayRow } from '../../../shared/contract/replay.ts';
import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';

const LOOKS: Record<ReplayRow['state'], { tone: Tone; shape: Shape; word: string }> = {
  queued: { tone: 'plain', shape: 'half', word: 'Waiting' },
  running: { tone: 'accent', shape: 'half', word: 'Running' },
  done: { tone: 'pass', shape: 'tick', word: 'Done' },
  cancelled: { tone: 'plain', shape: 'dash', word: 'Cancelled' },
  failed: { tone: 'fail', shape: 'cross', word: 'Failed' },
  interrupted: { tone: 'unknown', shape: 'half', word: 'Interrupted' },
};

export function ReplayStateMark({ state }: { state: ReplayRow['state'] }) {
  const { tone, shape, word } = LOOKS[state];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

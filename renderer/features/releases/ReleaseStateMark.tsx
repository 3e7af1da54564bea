import type { ReleaseState } from '../../../shared/contract/releases.ts';
import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';

const LOOKS: Record<ReleaseState, { tone: Tone; shape: Shape; word: string }> = {
  imported: { tone: 'plain', shape: 'ring', word: 'Imported' },
  approved: { tone: 'pass', shape: 'tick', word: 'Approved' },
  'in production': { tone: 'accent', shape: 'dot', word: 'In production' },
  refused: { tone: 'fail', shape: 'cross', word: 'Refused' },
  superseded: { tone: 'plain', shape: 'dash', word: 'Superseded' },
};

export function ReleaseStateMark({ state }: { state: ReleaseState }) {
  const { tone, shape, word } = LOOKS[state];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

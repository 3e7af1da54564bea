import type { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';

const LOOKS: Record<ReleaseState, { tone: Tone; shape: Shape; word: string }> = {
  draft: { tone: 'plain', shape: 'ring', word: 'Draft' },
  submitted: { tone: 'plain', shape: 'up', word: 'Submitted' },
  'in review': { tone: 'unknown', shape: 'half', word: 'In review' },
  approved: { tone: 'pass', shape: 'tick', word: 'Approved' },
  'in production': { tone: 'accent', shape: 'dot', word: 'In production' },
  refused: { tone: 'fail', shape: 'cross', word: 'Refused' },
  superseded: { tone: 'plain', shape: 'dash', word: 'Superseded' },
  withdrawn: { tone: 'plain', shape: 'down', word: 'Withdrawn' },
  revoked: { tone: 'fail', shape: 'cross', word: 'Revoked' },
};

export function ReleaseStateMark({ state }: { state: ReleaseState }) {
  const { tone, shape, word } = LOOKS[state];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

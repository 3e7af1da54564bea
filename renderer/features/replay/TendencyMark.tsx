import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';
import type { Tendency } from './alarm.ts';

const LOOKS: Record<Tendency, { tone: Tone; shape: Shape; word: string }> = {
  worse: { tone: 'fail', shape: 'down', word: 'Worse' },
  'perhaps worse': { tone: 'unknown', shape: 'half', word: 'Unsure, worse' },
  same: { tone: 'plain', shape: 'dash', word: 'Same' },
  'perhaps better': { tone: 'plain', shape: 'half', word: 'Unsure, better' },
  better: { tone: 'pass', shape: 'up', word: 'Better' },
  movement: { tone: 'plain', shape: 'dash', word: 'Neither' },
  'no evidence': { tone: 'unknown', shape: 'ring', word: 'No evidence' },
};

/** For the better or the worse; unsure where the interval holds no change. */
export function TendencyMark({ of }: { of: Tendency }) {
  const { tone, shape, word } = LOOKS[of];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

/** The same without room for a word, which is there for whoever does not see it, and on hover. */
export function TendencyShape({ of }: { of: Tendency }) {
  const { tone, shape, word } = LOOKS[of];
  return (
    <span title={word}>
      <Mark tone={tone} shape={shape}>
        <span className="visually-hidden">{word}</span>
      </Mark>
    </span>
  );
}

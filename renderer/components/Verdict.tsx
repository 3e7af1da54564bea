import type { Verdict as VerdictName } from '../../shared/domain/gates/verdict.ts';
import { Mark, type Shape, type Tone } from './Mark.tsx';

const LOOKS: Record<VerdictName, { tone: Tone; shape: Shape; word: string }> = {
  pass: { tone: 'pass', shape: 'tick', word: 'Pass' },
  fail: { tone: 'fail', shape: 'cross', word: 'Fail' },
  'no evidence': { tone: 'unknown', shape: 'ring', word: 'No evidence' },
};

export function Verdict({ verdict }: { verdict: VerdictName }) {
  const { tone, shape, word } = LOOKS[verdict];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

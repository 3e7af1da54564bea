import type { TensorChange } from '../../../../shared/domain/release/changes.ts';
import { Mark, type Shape, type Tone } from '../../../components/Mark.tsx';

const LOOKS: Record<TensorChange['kind'], { tone: Tone; shape: Shape; word: string }> = {
  added: { tone: 'accent', shape: 'up', word: 'Added' },
  removed: { tone: 'plain', shape: 'down', word: 'Removed' },
  reshaped: { tone: 'unknown', shape: 'half', word: 'Reshaped' },
  retyped: { tone: 'unknown', shape: 'ring', word: 'Retyped' },
  changed: { tone: 'accent', shape: 'dot', word: 'Changed' },
  equal: { tone: 'plain', shape: 'dash', word: 'Equal' },
};

export function KindMark({ kind }: { kind: TensorChange['kind'] }) {
  const { tone, shape, word } = LOOKS[kind];
  return (
    <Mark tone={tone} shape={shape}>
      {word}
    </Mark>
  );
}

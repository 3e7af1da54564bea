import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import { Mark, type Shape, type Tone } from '../../../components/Mark.tsx';
import { VerdictMark } from '../VerdictMark.tsx';
import { rulingWords } from './words.ts';

const LOOKS = {
  fine: { tone: 'pass', shape: 'tick' },
  demote: { tone: 'unknown', shape: 'down' },
  remove: { tone: 'fail', shape: 'cross' },
  escalate: { tone: 'plain', shape: 'up' },
} as const satisfies Record<string, { tone: Tone; shape: Shape }>;

/** What was decided, as colour, word and shape; of several actions the first gives the look. */
export function RulingMark({ ruling }: { ruling: Ruling }) {
  if (ruling.kind !== 'item') return <VerdictMark of={rulingWords(ruling)} />;
  const { tone, shape } = LOOKS[ruling.actions[0] ?? 'fine'];
  return (
    <Mark tone={tone} shape={shape}>
      {rulingWords(ruling)}
    </Mark>
  );
}

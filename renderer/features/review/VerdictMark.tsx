import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';
import css from './VerdictMark.module.css';

const LOOKS: Readonly<Record<string, { tone: Tone; shape: Shape }>> = {
  acceptable: { tone: 'pass', shape: 'tick' },
  'acceptable with concerns': { tone: 'unknown', shape: 'half' },
  'not acceptable': { tone: 'fail', shape: 'cross' },
  candidate: { tone: 'accent', shape: 'dot' },
};

/** A verdict on a feed, or a preference, as colour, word and shape. */
export function VerdictMark({ of }: { of: string }) {
  if (of === 'baseline') return <span className={css['baseline']}>{of}</span>;
  const { tone, shape } = LOOKS[of] ?? { tone: 'plain', shape: 'dash' };
  return (
    <Mark tone={tone} shape={shape}>
      {of}
    </Mark>
  );
}

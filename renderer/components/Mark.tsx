import type { ReactNode } from 'react';
import css from './Mark.module.css';

export type Tone = 'pass' | 'fail' | 'unknown' | 'plain' | 'accent';
export type Shape = 'tick' | 'cross' | 'ring' | 'dot' | 'half' | 'dash' | 'up' | 'down';

const SHAPES: Record<Shape, ReactNode> = {
  tick: (
    <>
      <circle cx="7" cy="7" r="7" fill="currentColor" />
      <path d="M3.8 7.3 6.1 9.5 10.3 4.8" fill="none" stroke="var(--surface)" strokeWidth="1.6" />
    </>
  ),
  cross: (
    <>
      <rect width="14" height="14" rx="2" fill="currentColor" />
      <path d="m4.2 4.2 5.6 5.6m0-5.6-5.6 5.6" fill="none" stroke="var(--surface)" strokeWidth="1.6" />
    </>
  ),
  ring: (
    <circle
      cx="7"
      cy="7"
      r="6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.6 2.1"
    />
  ),
  dot: <circle cx="7" cy="7" r="4" fill="currentColor" />,
  half: (
    <>
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M7 1a6 6 0 0 1 0 12Z" fill="currentColor" />
    </>
  ),
  dash: <path d="M2 7h10" stroke="currentColor" strokeWidth="2" />,
  up: <path d="m7 2 5.5 9.5h-11Z" fill="currentColor" />,
  down: <path d="m7 12 5.5-9.5h-11Z" fill="currentColor" />,
};

/** A state as colour, word and shape together, so that none of them has to be seen alone. */
export function Mark({ tone, shape, children }: { tone: Tone; shape: Shape; children: ReactNode }) {
  return (
    <span className={`${css['mark']} ${css[tone]}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {SHAPES[shape]}
      </svg>
      {children}
    </span>
  );
}

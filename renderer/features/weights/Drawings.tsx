import type { FormulaHead } from '../../../shared/domain/formula/formula.ts';
import type { HeadWorth } from '../../../shared/domain/formula/worth.ts';

const RANGE = 104;
const SPARK = { width: 88, height: 24 };

/** Where a weight stands in the range it may have, and where the other formula's stands. */
export function RangeBar({ head, other }: { head: FormulaHead; other: FormulaHead | null }) {
  const { min, max, weight } = head;
  if (min === null || max === null) return <span className="quiet">no range</span>;
  const span = max - min;
  const place = (value: number) =>
    5 + (span <= 0 ? 0 : Math.min(1, Math.max(0, (value - min) / span)) * (RANGE - 10));
  const from = other?.weight ?? null;
  return (
    <svg width={RANGE} height="20" viewBox={`0 0 ${RANGE} 20`} aria-hidden="true">
      <path d={`M5 10H${RANGE - 5}`} stroke="var(--line-strong)" strokeWidth="2" />
      {min <= 0 && max >= 0 && <path d={`M${place(0)} 5v10`} stroke="var(--ink-3)" />}
      {from !== null && from !== weight && (
        <rect x={place(from) - 3.5} y="6.5" width="7" height="7" fill="var(--baseline)" />
      )}
      {weight !== null && (
        <circle
          cx={place(weight)}
          cy="10"
          r="4"
          fill={weight < min || weight > max ? 'var(--fail)' : 'var(--ink)'}
        />
      )}
    </svg>
  );
}

/** A share of the score as a bar from zero, with its standard deviation as a whisker. */
export function ShareBar({ share, most }: { share: NonNullable<HeadWorth['share']>; most: number }) {
  const at = (part: number) => Math.min(1, Math.max(0, part / most)) * 72;
  return (
    <svg width="72" height="20" viewBox="0 0 72 20" aria-hidden="true">
      <rect x="0" y="5" width={at(share.mean)} height="10" fill="var(--line-strong)" />
      <path
        d={`M${at(share.mean - share.deviation)} 10H${at(share.mean + share.deviation)}`}
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
    </svg>
  );
}

const SHARE_ENDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Where the bars of all heads' shares end: the next round share above the largest mean with its deviation. */
export function shareEnd(heads: readonly HeadWorth[]): number {
  const largest = Math.max(
    0,
    ...heads.map(({ share }) => (share === null ? 0 : share.mean + share.deviation)),
  );
  return SHARE_ENDS.find((end) => end >= largest) ?? 1;
}

/** The lowest overlap any head comes to, rounded down to a tenth: where the drawings of all heads begin. */
export function overlapFloor(heads: readonly HeadWorth[]): number {
  const overlaps = heads.flatMap(({ sensitivity }) => sensitivity.flatMap(({ overlap }) => overlap));
  return Math.min(0.9, Math.floor(10 * Math.min(1, ...overlaps)) / 10);
}

/** Overlap of the first few places as the weight goes from nothing to twice itself; the notch is where it is. */
export function SensitivitySpark({ worth, floor }: { worth: HeadWorth; floor: number }) {
  const { width, height } = SPARK;
  const points = worth.sensitivity.map(({ factor, overlap }) => {
    const x = 2 + (factor / 2) * (width - 4);
    return `${x} ${height - 2 - (((overlap[0] ?? 1) - floor) / (1 - floor)) * (height - 4)}`;
  });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={`M2 ${height - 2}H${width - 2}`} stroke="var(--line-strong)" />
      <path d={`M${width / 2} 2v${height - 4}`} stroke="var(--line-strong)" strokeDasharray="2 2" />
      <path d={`M${points.join('L')}`} fill="none" stroke="var(--ink-2)" strokeWidth="1.5" />
    </svg>
  );
}

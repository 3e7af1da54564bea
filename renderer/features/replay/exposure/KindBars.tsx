import css from './Kinds.module.css';

const WIDTH = 240;
const HEIGHT = 24;

/** Both feeds' share of exposure, one above the other, with a tick where the supply would put them. */
export function KindBars({
  baseline,
  candidate,
  supply,
  most,
}: {
  baseline: number;
  candidate: number;
  supply: number | null;
  /** The share at the right end, the same for every row. */
  most: number;
}) {
  const x = (share: number) => (most === 0 ? 0 : (WIDTH - 2) * Math.min(1, share / most));
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className={css['bars']}>
      <rect y="4" width={x(baseline)} height="7" fill="var(--baseline)" />
      <rect y="13" width={x(candidate)} height="7" fill="var(--candidate)" />
      {supply !== null && <path d={`M${x(supply) + 1} 1v22`} stroke="var(--ink)" strokeWidth="1.5" />}
    </svg>
  );
}

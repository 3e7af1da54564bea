import css from './Tensors.module.css';

const HEIGHT = 20;
const WIDTH = 80;
const GAP = 0.4;
const TALLEST = 100;

/** A histogram in a line of a table: shape only, its limits are the columns min and max. */
export function Bars({ bars }: { bars: readonly number[] }) {
  if (bars.length === 0) return <span className="quiet">–</span>;
  const width = WIDTH / bars.length;
  const path = bars.map((tall, at) => {
    const height = (tall / TALLEST) * HEIGHT;
    return `M${at * width} ${HEIGHT}v${-height}h${width - GAP}v${height}z`;
  });
  return (
    <svg width={WIDTH} height={HEIGHT} className={css['bars']} aria-hidden="true">
      <path d={path.join('')} />
    </svg>
  );
}

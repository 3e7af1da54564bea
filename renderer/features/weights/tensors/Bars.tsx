import css from './Tensors.module.css';

const HEIGHT = 20;
const WIDTH = 80;

/** A histogram in a line of a table: shape only, its limits are the columns min and max. */
export function Bars({ bars }: { bars: readonly number[] }) {
  if (bars.length === 0) return <span className="quiet">–</span>;
  const width = WIDTH / bars.length;
  return (
    <svg width={WIDTH} height={HEIGHT} className={css['bars']} aria-hidden="true">
      {bars.map((tall, at) => {
        const height = (tall / 100) * HEIGHT;
        return <rect key={at} x={at * width} y={HEIGHT - height} width={width - 0.4} height={height} />;
      })}
    </svg>
  );
}

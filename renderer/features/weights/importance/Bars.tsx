import type { Estimate } from '../../../../shared/domain/importance/report.ts';

const WIDTH = 260;
const ROW = 11;

/** The ends of the scale that all rows share; it holds zero. */
export interface Scale {
  readonly least: number;
  readonly most: number;
}

/** A figure before and now as bars from zero, each with its interval as a whisker. */
export function Bars({ own, former, scale }: { own: Estimate; former: Estimate | null; scale: Scale }) {
  const span = scale.most - scale.least || 1;
  const at = (value: number) => 2 + ((value - scale.least) / span) * (WIDTH - 4);
  const rows = [
    ...(former === null ? [] : [{ side: 'baseline', estimate: former }]),
    { side: 'candidate', estimate: own },
  ];
  return (
    <svg width={WIDTH} height={rows.length * ROW + 4} aria-hidden="true" display="block">
      <path d={`M${at(0)} 0V${rows.length * ROW + 4}`} stroke="var(--line-strong)" />
      {rows.map(({ side, estimate: { value, interval } }, row) => {
        const y = 2 + row * ROW;
        return (
          <g key={side}>
            <rect
              x={Math.min(at(0), at(value))}
              y={y + 1}
              width={Math.abs(at(value) - at(0))}
              height={ROW - 4}
              fill={`var(--${side})`}
              fillOpacity="0.55"
            />
            {interval !== null && (
              <path
                d={`M${at(interval.lower)} ${y + ROW / 2 - 1}H${at(interval.upper)}M${at(interval.lower)} ${y + 2}v5M${at(interval.upper)} ${y + 2}v5`}
                stroke="var(--ink)"
                fill="none"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

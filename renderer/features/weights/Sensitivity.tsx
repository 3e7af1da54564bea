import type { FormulaWorth } from '../../../shared/domain/formula/worth.ts';
import { Figure } from '../../components/export/Figure.tsx';
import { formatNumber, formatWeight } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';
import { overlapFloor } from './Drawings.tsx';
import css from './Weights.module.css';

const WIDTH = 520;
const HEIGHT = 200;
const LEFT = 44;
const RIGHT = 96;
const TOP = 12;
const BOTTOM = 36;
/** Height of a label. */
const LABEL = 12;
const DASHES = ['', '5 3', '2 3', '8 3'];

/** How much of the feed stays as one weight moves: a line for each depth, and the same as a table. */
export function Sensitivity({ worth, name, weight }: { worth: FormulaWorth; name: string; weight: number }) {
  const points = worth.heads.find((head) => head.name === name)?.sensitivity ?? [];
  const x = (factor: number) => LEFT + (factor / 2) * (WIDTH - LEFT - RIGHT);
  const floor = overlapFloor(worth.heads);
  const y = (overlap: number) => TOP + ((1 - overlap) / (1 - floor)) * (HEIGHT - TOP - BOTTOM);
  const depths = worth.depths.map((depth, at) => ({ depth, at }));
  const table = {
    columns: ['weight', 'factor', ...depths.map(({ depth }) => `overlap@${depth}`)],
    rows: points.map(({ factor, overlap }) => [weight * factor, factor, ...overlap]),
  };
  const labels = apart(depths.map(({ at }) => y(points.at(-1)?.overlap[at] ?? 1) + 4));
  return (
    <Figure title={`How much of the feed stays when ${name} weighs more or less`} table={table}>
      <div className={css['sensitivity']}>
        <svg
          width={WIDTH}
          height={HEIGHT}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={`Overlap with the feed as it is, by weight of ${name}; the table beside holds the numbers`}
        >
          {[floor, (1 + floor) / 2, 1].map((share) => (
            <g key={share}>
              <path d={`M${LEFT} ${y(share)}H${WIDTH - RIGHT}`} stroke="var(--line)" />
              <text x={LEFT - 6} y={y(share) + 4} textAnchor="end" className={css['axis']}>
                {formatWeight(100 * share, 3)} %
              </text>
            </g>
          ))}
          {[0, 1, 2].map((factor) => (
            <text
              key={factor}
              x={x(factor)}
              y={HEIGHT - BOTTOM + 16}
              textAnchor="middle"
              className={css['axis']}
            >
              {formatWeight(weight * factor)}
            </text>
          ))}
          <text x={x(1)} y={HEIGHT - 4} textAnchor="middle" className={css['axis']}>
            weight of {name}; {formatWeight(weight)} is the release’s
          </text>
          <path d={`M${x(1)} ${TOP}V${HEIGHT - BOTTOM}`} stroke="var(--line-strong)" strokeDasharray="2 2" />
          {depths.map(({ depth, at }) => (
            <g key={depth}>
              <path
                d={`M${points.map(({ factor, overlap }) => `${x(factor)} ${y(overlap[at] ?? 1)}`).join('L')}`}
                fill="none"
                stroke="var(--ink)"
                strokeWidth="1.5"
                strokeDasharray={DASHES[at % DASHES.length]}
              />
              <text x={WIDTH - RIGHT + 6} y={labels[at]} className={css['axis']}>
                first {depth}
              </text>
            </g>
          ))}
        </svg>
        <Table
          label={`Sensitivity of ${name}`}
          rows={points}
          rowKey={({ factor }) => String(factor)}
          columns={[
            { name: 'Weight', right: true, render: ({ factor }) => formatWeight(weight * factor, 4) },
            ...depths.map(({ depth, at }) => ({
              name: `Stays of first ${depth}`,
              right: true,
              render: ({ overlap }: (typeof points)[number]) =>
                `${formatNumber(100 * (overlap[at] ?? 1), 1)} %`,
            })),
          ]}
        />
      </div>
    </Figure>
  );
}

/** Heights of labels, each in its place of the list, moved down where two would stand on each other. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  const order = [...heights.keys()].toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  let least = -Infinity;
  for (const at of order) {
    moved[at] = Math.max(heights[at] ?? 0, least);
    least = (moved[at] ?? 0) + LABEL;
  }
  return moved;
}

import { useElementSize } from '@mantine/hooks';
import css from './Feed.module.css';
import { CARD_PITCH, middleOf } from './geometry.ts';
import { gainOf, type Move } from './moves.ts';

const LEAST_WIDTH = 40;

/** From each item's place in one feed to its place in the other: the further it moved, the darker the line. */
export function Connectors({ moves, chosen }: { moves: readonly Move[]; chosen: string | undefined }) {
  const last = Math.max(
    0,
    ...moves.map(({ baseline, candidate }) => Math.max(baseline ?? 0, candidate ?? 0)),
  );
  const furthest = Math.max(1, ...moves.map((move) => Math.abs(gainOf(move) ?? 0)));
  const height = last * CARD_PITCH + 8;
  const { ref, width: measured } = useElementSize();
  const width = Math.max(LEAST_WIDTH, measured);
  const ordered = moves.toSorted((a, b) => Number(a.itemId === chosen) - Number(b.itemId === chosen));
  return (
    <div ref={ref}>
      <svg className={css['lines']} height={height} aria-hidden="true">
        {ordered.map((move) => (
          <Connector
            key={move.itemId}
            move={move}
            furthest={furthest}
            width={width}
            chosen={move.itemId === chosen}
          />
        ))}
      </svg>
    </div>
  );
}

function Connector({
  move,
  furthest,
  width,
  chosen,
}: {
  move: Move;
  furthest: number;
  width: number;
  chosen: boolean;
}) {
  const stub = width * 0.27;
  const { baseline, candidate } = move;
  const colour = chosen ? 'var(--accent)' : 'var(--ink)';
  if (baseline === null && candidate !== null) {
    const y = middleOf(candidate);
    return (
      <g stroke="var(--candidate)" strokeWidth={chosen ? 2.5 : 1.5} fill="none">
        <path d={`M${width - stub} ${y}H${width - 2}`} strokeDasharray="3 3" />
        <circle cx={width - stub - 4} cy={y} r="4" />
      </g>
    );
  }
  if (baseline !== null && candidate === null) {
    const y = middleOf(baseline);
    return (
      <g stroke="var(--baseline)" strokeWidth={chosen ? 2.5 : 1.5} fill="none">
        <path d={`M2 ${y}H${stub}`} strokeDasharray="3 3" />
        <path d={`m${stub + 1} ${y - 4} 8 8m0-8-8 8`} />
      </g>
    );
  }
  if (baseline === null || candidate === null) return null;
  const moved = Math.abs(baseline - candidate) / furthest;
  const [from, to] = [middleOf(baseline), middleOf(candidate)];
  return (
    <path
      d={`M2 ${from}C${width * 0.45} ${from} ${width * 0.55} ${to} ${width - 2} ${to}`}
      fill="none"
      stroke={colour}
      strokeOpacity={chosen ? 1 : 0.14 + 0.7 * moved}
      strokeWidth={chosen ? 2.5 : 1 + moved}
    />
  );
}

import { SegmentedControl } from '@mantine/core';
import type { HeatMap } from '../../../../shared/domain/weights/heat.ts';
import { sliceLines, type Slice } from '../../../../shared/domain/weights/slice.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount } from '../../../components/number.ts';
import { figureText } from '../diff/words.ts';
import { HeatCanvas } from './HeatCanvas.tsx';
import { reachOf } from './heat-colours.ts';
import { useHeat, type TensorRef } from './queries.ts';
import { TensorSearch } from './search.ts';
import css from './Tensor.module.css';

const MOST = 0.99;

/** A slice as colours, with the rule by which cells were made of values. */
export function HeatView({
  of,
  slice,
  parsed,
  search,
  set,
}: {
  of: TensorRef;
  slice: string;
  parsed: Slice;
  search: TensorSearch;
  set: (part: Partial<TensorSearch>) => void;
}) {
  const query = useHeat(of, slice, search.rule);
  return (
    <Loaded query={query}>
      {(map) =>
        map.cells.length === 0 ? (
          <EmptyState title="Nothing to draw">This slice holds no value.</EmptyState>
        ) : (
          <Heat map={map} parsed={parsed} search={search} set={set} />
        )
      }
    </Loaded>
  );
}

function Heat({
  map,
  parsed,
  search,
  set,
}: {
  map: HeatMap;
  parsed: Slice;
  search: TensorSearch;
  set: (part: Partial<TensorSearch>) => void;
}) {
  const reach = reachOf(map.cells, search.scale === 'all' ? 1 : MOST);
  const merged = map.rowsEach * map.columnsEach > 1;
  return (
    <Figure
      title="Where do large values lie?"
      part
      chart
      table={{
        columns: ['row', 'column', 'value'],
        rows: map.cells.map((cell, at) => [
          Math.floor(at / map.cellColumns) * map.rowsEach,
          (at % map.cellColumns) * map.columnsEach,
          cell,
        ]),
      }}
    >
      <div className={css['heatChoices']}>
        <span className={css['choice']}>
          Colours reach to
          <SegmentedControl
            size="xs"
            aria-label="How far colours reach"
            data={[
              { value: 'most', label: '99 % of cells' },
              { value: 'all', label: 'Every cell' },
            ]}
            value={search.scale}
            onChange={(scale) => set(TensorSearch.pick({ scale: true }).parse({ scale }))}
          />
        </span>
        {merged && (
          <span className={css['choice']}>
            A cell shows
            <SegmentedControl
              size="xs"
              aria-label="What a cell of several values shows"
              data={[
                { value: 'farthest', label: 'Farthest from zero' },
                { value: 'mean', label: 'Mean' },
              ]}
              value={search.rule}
              onChange={(rule) => set(TensorSearch.pick({ rule: true }).parse({ rule }))}
            />
          </span>
        )}
        <Scale reach={reach} />
      </div>
      <HeatCanvas map={map} reach={reach} placeOf={placeOf(parsed)} />
      <p className={css['said']}>{ruleText(map, search.rule)}</p>
    </Figure>
  );
}

/** Where a row of the map stands, in the tensor's own numbers. */
function placeOf(slice: Slice) {
  const kept = slice.filter((axis) => axis.kept);
  const lines = kept.length < 2 ? null : sliceLines(slice, Number.POSITIVE_INFINITY);
  const start = kept.at(-1)?.from ?? 0;
  return {
    row: (row: number) => (lines === null ? '' : lines.placeOf(row).map(formatCount).join(', ')),
    column: (column: number) => formatCount(start + column),
  };
}

function ruleText({ rowsEach, columnsEach, notFinite }: HeatMap, rule: 'farthest' | 'mean'): string {
  const size =
    rowsEach * columnsEach === 1
      ? 'Each cell is one value.'
      : `Each cell stands for up to ${formatCount(rowsEach)} × ${formatCount(columnsEach)} values and shows ${
          rule === 'farthest' ? 'the one farthest from zero' : 'their mean'
        }.`;
  return notFinite.length === 0
    ? size
    : `${size} A dot marks ${formatCount(notFinite.length)} cells with a NaN or an infinity.`;
}

function Scale({ reach }: { reach: number }) {
  return (
    <span className={css['scale']}>
      <span>≤ {figureText(-reach)}</span>
      <span className={css['ramp']} aria-hidden="true" />
      <span>≥ {figureText(reach)}</span>
    </span>
  );
}

import { useElementSize } from '@mantine/hooks';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { HeatMap } from '../../../../shared/domain/weights/heat.ts';
import { figureText } from '../diff/words.ts';
import { colourOf, heatColours } from './heat-colours.ts';
import css from './Tensor.module.css';

const MOST_HEIGHT = 480;
const LARGEST_CELL = 24;
const LEAST_STRIP = 24;
const MARK = 3;

interface Place {
  row(row: number): string;
  column(column: number): string;
}

/** The cells themselves; pointer and arrow keys read one out. */
export function HeatCanvas({ map, reach, placeOf }: { map: HeatMap; reach: number; placeOf: Place }) {
  const { ref, width } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const [cell, setCell] = useState<number | null>(null);
  const { cellRows, cellColumns } = map;
  const side = Math.min(LARGEST_CELL, width / cellColumns);
  const drawnWidth = Math.max(1, Math.floor(side * cellColumns));
  const drawnHeight = Math.max(
    cellRows === 1 ? LEAST_STRIP : 1,
    Math.min(MOST_HEIGHT, Math.round(side * cellRows)),
  );
  useEffect(() => {
    if (canvas.current !== null && width > 0)
      draw(canvas.current, map, reach, { width: drawnWidth, height: drawnHeight, scheme });
  }, [map, reach, width, drawnWidth, drawnHeight, scheme]);

  const onPointerMove = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    const column = Math.min(cellColumns - 1, Math.floor((offsetX / drawnWidth) * cellColumns));
    const row = Math.min(cellRows - 1, Math.floor((offsetY / drawnHeight) * cellRows));
    setCell(row * cellColumns + column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -cellColumns, ArrowDown: cellColumns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = cell === null ? 0 : cell + step;
    if (next >= 0 && next < map.cells.length) setCell(next);
  };
  const at = cell !== null && cell < map.cells.length ? cell : null;
  return (
    <div ref={ref} className={css['heat']}>
      <div className={css['canvas']} style={{ width: drawnWidth, height: drawnHeight }}>
        <canvas
          ref={canvas}
          style={{ width: drawnWidth, height: drawnHeight }}
          role="img"
          aria-label={`Heat map of ${cellRows} by ${cellColumns} cells; arrow keys read them out`}
          tabIndex={0}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setCell(null)}
          onKeyDown={onKeyDown}
        />
        {at !== null && (
          <span
            className={css['cursor']}
            style={{
              left: ((at % cellColumns) / cellColumns) * drawnWidth,
              top: (Math.floor(at / cellColumns) / cellRows) * drawnHeight,
              width: Math.max(4, drawnWidth / cellColumns),
              height: Math.max(4, drawnHeight / cellRows),
            }}
          />
        )}
      </div>
      <p className={css['readout']} aria-live="polite">
        {at === null ? 'Point at a cell to read it.' : readout(map, at, placeOf)}
      </p>
    </div>
  );
}

function readout(map: HeatMap, cell: number, place: Place): string {
  const row = Math.floor(cell / map.cellColumns) * map.rowsEach;
  const column = (cell % map.cellColumns) * map.columnsEach;
  const rows = range(row, map.rowsEach, map.rows, place.row);
  const columns = range(column, map.columnsEach, map.columns, place.column);
  const value = map.cells[cell] ?? null;
  const bad = map.notFinite.includes(cell) ? ', with NaN or infinity' : '';
  const where = rows === '' ? `at ${columns}` : `at ${rows}; ${columns}`;
  return `${value === null ? 'no finite value' : figureText(value)} ${where}${bad}`;
}

function range(from: number, each: number, of: number, text: (at: number) => string): string {
  const last = Math.min(of, from + each) - 1;
  return last <= from ? text(from) : `${text(from)} to ${text(last)}`;
}

function draw(
  canvas: HTMLCanvasElement,
  map: HeatMap,
  reach: number,
  // the scheme is not read: the tokens follow it, and a new one draws anew
  size: { width: number; height: number; scheme: string },
): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const scale = window.devicePixelRatio;
  canvas.width = size.width * scale;
  canvas.height = size.height * scale;
  pen.imageSmoothingEnabled = false;
  pen.drawImage(cellsOf(map, reach), 0, 0, canvas.width, canvas.height);
  markNotFinite(pen, map, canvas);
}

/** One pixel for each cell. */
function cellsOf(map: HeatMap, reach: number): OffscreenCanvas {
  const colours = heatColours();
  const picture = new OffscreenCanvas(map.cellColumns, map.cellRows);
  const pixels = new ImageData(map.cellColumns, map.cellRows);
  for (const [at, value] of map.cells.entries())
    pixels.data.set([...(value === null ? colours.none : colourOf(value, reach, colours)), 255], at * 4);
  picture.getContext('2d')?.putImageData(pixels, 0, 0);
  return picture;
}

/** A dot large enough to be seen however small a cell is. */
function markNotFinite(
  pen: CanvasRenderingContext2D,
  { notFinite, cellColumns, cellRows }: HeatMap,
  { width, height }: HTMLCanvasElement,
): void {
  const [red, green, blue] = heatColours().notFinite;
  pen.fillStyle = `rgb(${red} ${green} ${blue})`;
  pen.strokeStyle = '#fff';
  pen.lineWidth = window.devicePixelRatio;
  const radius = Math.max(
    MARK * window.devicePixelRatio,
    Math.min(width / cellColumns, height / cellRows) * 0.3,
  );
  for (const cell of notFinite) {
    pen.beginPath();
    const x = (((cell % cellColumns) + 0.5) / cellColumns) * width;
    const y = ((Math.floor(cell / cellColumns) + 0.5) / cellRows) * height;
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }
}

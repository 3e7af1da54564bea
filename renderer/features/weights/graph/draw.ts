import type { Edge } from '../../../../shared/domain/weights/graph.ts';
import { BOX } from '../../../../shared/domain/weights/graph-drawing.ts';
import type { Part } from './parts.ts';
import type { Size, View } from './view.ts';

export interface Scene {
  readonly parts: readonly (Part & { readonly x: number; readonly y: number })[];
  readonly edges: readonly (Edge & {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  })[];
  /** What is traced; everything else is drawn pale. Null: nothing is traced. */
  readonly traced: ReadonlySet<string> | null;
  readonly found: ReadonlySet<string>;
  readonly chosen: string | null;
}

/** Below this scale text cannot be read and is left out. */
const READABLE = 0.45;
const PALE = 0.22;
const TITLE = 15;
const NOTE = 30;
const PADDING = 8;

/** Draws what is in sight. `colour` answers a colour by its name in the palette. */
export function draw(
  context: CanvasRenderingContext2D,
  { parts, edges, traced, found, chosen }: Scene,
  view: View,
  size: Size,
  colour: (name: string) => string,
): void {
  const left = -view.x / view.scale;
  const top = -view.y / view.scale;
  const right = left + size.width / view.scale;
  const bottom = top + size.height / view.scale;
  context.clearRect(0, 0, size.width, size.height);
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  const ink = { line: colour('--line-strong'), accent: colour('--accent') };
  for (const { from, to, x1, y1, x2, y2 } of edges) {
    if (Math.max(x1, x2) < left || Math.min(x1, x2) > right || y2 < top || y1 > bottom) continue;
    const lit = traced !== null && traced.has(from) && traced.has(to);
    context.globalAlpha = traced === null || lit ? 1 : PALE;
    context.strokeStyle = lit ? ink.accent : ink.line;
    context.lineWidth = Math.max(lit ? 1.5 : 1, 0.75 / view.scale);
    const middle = (y1 + y2) / 2;
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1, middle, x2, middle, x2, y2);
    context.stroke();
  }
  const fill = {
    input: colour('--baseline-soft'),
    operator: colour('--surface'),
    output: colour('--candidate-soft'),
  };
  const [text, quiet, searched] = [colour('--ink'), colour('--ink-3'), colour('--unknown-soft')];
  const family = getComputedStyle(document.body).fontFamily;
  for (const part of parts) {
    const [x, y] = [part.x - BOX.width / 2, part.y - BOX.height / 2];
    if (x > right || x + BOX.width < left || y > bottom || y + BOX.height < top) continue;
    const lit = traced?.has(part.id) === true;
    context.globalAlpha = traced === null || lit || part.id === chosen ? 1 : PALE;
    context.fillStyle = found.has(part.id) ? searched : fill[part.kind];
    context.strokeStyle = lit || part.id === chosen ? ink.accent : found.has(part.id) ? text : ink.line;
    context.lineWidth = Math.max(part.id === chosen ? 3 : 1, 0.75 / view.scale);
    context.beginPath();
    context.roundRect(x, y, BOX.width, BOX.height, part.kind === 'operator' ? 4 : BOX.height / 2);
    context.fill();
    context.stroke();
    if (view.scale < READABLE) continue;
    context.fillStyle = text;
    context.font = `600 12px ${family}`;
    context.fillText(cut(context, part.title), x + PADDING + 4, y + TITLE + 1);
    context.fillStyle = quiet;
    context.font = `11px ${family}`;
    context.fillText(cut(context, part.note), x + PADDING + 4, y + NOTE + 1);
  }
  context.restore();
}

const widths = new Map<string, string>();

/** A text cut to the width of a box. */
function cut(context: CanvasRenderingContext2D, text: string): string {
  const key = `${context.font} ${text}`;
  const kept = widths.get(key);
  if (kept !== undefined) return kept;
  const room = BOX.width - 2 * PADDING - 8;
  let short = text;
  while (short.length > 1 && context.measureText(short === text ? text : `${short}…`).width > room)
    short = short.slice(0, -1);
  const shown = short === text ? text : `${short}…`;
  if (widths.size > 20_000) widths.clear();
  widths.set(key, shown);
  return shown;
}

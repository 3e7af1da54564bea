import { BOX } from '../../../../shared/domain/weights/graph-drawing.ts';
import type { Box } from './parts.ts';
import type { Size, View } from './view.ts';

export interface Scene {
  readonly boxes: readonly Box[];
  readonly edges: readonly Line[];
  /** What is traced; everything else is drawn pale. Null: nothing is traced. */
  readonly traced: ReadonlySet<string> | null;
  readonly found: ReadonlySet<string>;
  readonly chosen: string | null;
}

/** From the foot of one box to the head of another. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Palette {
  readonly colour: (name: string) => string;
  readonly family: string;
}

/** Below this scale text cannot be read and is left out. */
const READABLE = 0.45;
/** Below this one a curve cannot be told from a straight line, nor a round corner from a square one. */
const COARSE = 0.2;
const PALE = 0.22;
const TITLE = 16;
const NOTE = 31;
const INSET = 12;
const GAP = 8;
/** Lines stroked at once: fewer calls are faster, a path of thousands of pieces is slower again. */
const STROKED_AT_ONCE = 100;

/** Draws what is in sight, the less of each thing the smaller it is. */
export function draw(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  size: Size,
  palette: Palette,
): void {
  context.clearRect(0, 0, size.width, size.height);
  context.save();
  context.translate(view.x, view.y);
  context.scale(view.scale, view.scale);
  const left = -view.x / view.scale;
  const top = -view.y / view.scale;
  const sight = { left, top, right: left + size.width / view.scale, bottom: top + size.height / view.scale };
  drawLines(context, scene, sight, view.scale, palette);
  drawBoxes(context, scene, sight, view.scale, palette);
  context.restore();
}

interface Sight {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function drawLines(
  context: CanvasRenderingContext2D,
  { edges, traced }: Scene,
  { left, top, right, bottom }: Sight,
  scale: number,
  { colour }: Palette,
): void {
  const seen = edges.filter(
    ({ x1, y1, x2, y2 }) =>
      Math.max(x1, x2) >= left &&
      Math.min(x1, x2) <= right &&
      Math.max(y1, y2) >= top &&
      Math.min(y1, y2) <= bottom,
  );
  const isLit = ({ from, to }: Line) => traced !== null && traced.has(from) && traced.has(to);
  const stroke = (lines: readonly Line[], style: string, alpha: number, width: number) => {
    context.globalAlpha = alpha;
    context.strokeStyle = style;
    context.lineWidth = Math.max(width, 0.75 / scale);
    for (let from = 0; from < lines.length; from += STROKED_AT_ONCE) {
      context.beginPath();
      for (const { x1, y1, x2, y2 } of lines.slice(from, from + STROKED_AT_ONCE)) {
        context.moveTo(x1, y1);
        if (scale < COARSE) context.lineTo(x2, y2);
        else context.bezierCurveTo(x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
      }
      context.stroke();
    }
  };
  if (traced === null) return stroke(seen, colour('--line-strong'), 1, 1);
  stroke(
    seen.filter((line) => !isLit(line)),
    colour('--line-strong'),
    PALE,
    1,
  );
  return stroke(seen.filter(isLit), colour('--accent'), 1, 1.5);
}

function drawBoxes(
  context: CanvasRenderingContext2D,
  { boxes, traced, found, chosen }: Scene,
  { left, top, right, bottom }: Sight,
  scale: number,
  { colour, family }: Palette,
): void {
  const fill: Record<Box['kind'], string> = {
    input: colour('--baseline-soft'),
    operator: colour('--surface'),
    group: colour('--raised'),
    output: colour('--candidate-soft'),
  };
  const ink = {
    line: colour('--line-strong'),
    accent: colour('--accent'),
    text: colour('--ink'),
    quiet: colour('--ink-3'),
    searched: colour('--unknown-soft'),
  };
  let style = '';
  for (const box of boxes) {
    const [x, y] = [box.x - BOX.width / 2, box.y - BOX.height / 2];
    if (x > right || x + BOX.width < left || y > bottom || y + BOX.height < top) continue;
    const isLit = traced?.has(box.id) === true;
    const isChosen = box.id === chosen;
    const isFound = found.has(box.id);
    const next = `${box.kind} ${isLit} ${isChosen} ${isFound}`;
    // text changes the colours; boxes too small for text mostly look like the one before
    if (next !== style || scale >= READABLE) {
      style = next;
      context.globalAlpha = traced === null || isLit || isChosen ? 1 : PALE;
      context.fillStyle = isFound ? ink.searched : fill[box.kind];
      context.strokeStyle = isLit || isChosen ? ink.accent : isFound ? ink.text : ink.line;
      context.lineWidth = Math.max(isChosen ? 3 : 1, 0.75 / scale);
    }
    if (scale < COARSE) {
      context.fillRect(x, y, BOX.width, BOX.height);
      context.strokeRect(x, y, BOX.width, BOX.height);
      continue;
    }
    if (box.kind === 'group') outline(context, x + 4, y + 4, 4);
    outline(context, x, y, box.kind === 'operator' || box.kind === 'group' ? 4 : BOX.height / 2);
    if (scale < READABLE) continue;
    const room = BOX.width - 2 * INSET;
    context.font = `11px ${family}`;
    context.fillStyle = ink.quiet;
    context.fillText(cut(context, box.note, room), x + INSET, y + NOTE);
    context.font = `600 12px ${family}`;
    const title = cut(context, box.title, room);
    context.fillStyle = ink.text;
    context.fillText(title, x + INSET, y + TITLE);
    const free = room - context.measureText(title).width - GAP;
    context.font = `11px ${family}`;
    const aside = context.measureText(box.aside).width;
    if (aside > free) continue;
    context.fillStyle = ink.quiet;
    context.fillText(box.aside, x + BOX.width - INSET - aside, y + TITLE);
  }
}

function outline(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, BOX.width, BOX.height, radius);
  context.fill();
  context.stroke();
}

const cuts = new Map<string, string>();

/** A text cut to a width. */
function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font} ${room} ${text}`;
  const kept = cuts.get(key);
  if (kept !== undefined) return kept;
  let length = text.length;
  while (length > 1 && context.measureText(shortened(text, length)).width > room) length -= 1;
  const shown = shortened(text, length);
  if (cuts.size > 20_000) cuts.clear();
  cuts.set(key, shown);
  return shown;
}

const shortened = (text: string, length: number): string =>
  length === text.length ? text : `${text.slice(0, length)}…`;

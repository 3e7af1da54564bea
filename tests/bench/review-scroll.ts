import type { JSHandle, Page } from '@playwright/test';
import { openRoute } from '../e2e/window.ts';
import { processorTime } from './processor-time.ts';

/** History and plain rows are scrolled in turns, so that what else the machine does meets both. */
const TURNS = 4;
const SCROLL_MS = 1500;
const PLAIN_ROWS = 1500;
const PLAIN_CELLS = 8;

interface Scrolled {
  /** Milliseconds from frame to frame. */
  readonly gaps: readonly number[];
  /** Frames in the second that had fewest. */
  readonly slowest: number;
  /** Processor time of the window's main thread for a frame (ms): script, style and layout. */
  readonly script: number;
  readonly layout: number;
}

/** Scrolls the history through its pages, and as large a box of plain rows, in turns. */
export async function scrollHistory(page: Page): Promise<{ history: Scrolled; plain: Scrolled }> {
  await openRoute(page, '/review/history');
  const grid = page.getByRole('grid', { name: 'Decisions' });
  await grid.getByRole('row').nth(3).waitFor();
  const rows = await grid.evaluateHandle((element) => element);
  const turns: { history: Scrolled; plain: Scrolled }[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const history = await scroll(page, rows);
    const box = await grid.evaluateHandle(plainRows, { rows: PLAIN_ROWS, cells: PLAIN_CELLS });
    turns.push({ history, plain: await scroll(page, box) });
    await box.evaluate((element) => element.remove());
  }
  return {
    history: together(turns.map(({ history }) => history)),
    plain: together(turns.map(({ plain }) => plain)),
  };
}

function together(turns: readonly Scrolled[]): Scrolled {
  const mean = (of: (turn: Scrolled) => number): number =>
    turns.reduce((sum, turn) => sum + of(turn), 0) / turns.length;
  return {
    gaps: turns.flatMap(({ gaps }) => gaps),
    slowest: Math.min(...turns.map(({ slowest }) => slowest)),
    script: mean(({ script }) => script),
    layout: mean(({ layout }) => layout),
  };
}

/** Lays a box of plain rows over an element. */
function plainRows(element: Element, { rows, cells }: { rows: number; cells: number }): HTMLElement {
  const { top, left, width, height } = element.getBoundingClientRect();
  const box = document.createElement('div');
  box.style.cssText = `position:fixed;top:${top}px;left:${left}px;width:${width}px;height:${height}px;overflow:auto;background:#fff;color:#000;z-index:9`;
  for (let row = 0; row < rows; row += 1) {
    const line = box.appendChild(document.createElement('div'));
    line.style.cssText = 'display:flex;height:36px;contain:strict;content-visibility:auto';
    for (let cell = 0; cell < cells; cell += 1) {
      const text = line.appendChild(document.createElement('span'));
      text.style.cssText = 'flex:1;overflow:hidden;white-space:nowrap';
      text.textContent = `row ${row} cell ${cell}`;
    }
  }
  document.body.append(box);
  return box;
}

/** Scrolls by 90 pixels at every frame. */
async function scroll(page: Page, scroller: JSHandle<Element>): Promise<Scrolled> {
  const ended = await processorTime(page);
  const gaps = await scroller.evaluate(
    (element, wanted) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        const from = performance.now();
        let last = from;
        const step = (now: number): void => {
          gaps.push(now - last);
          last = now;
          element.scrollBy(0, 90);
          if (now - from < wanted) requestAnimationFrame(step);
          else resolve(gaps.slice(2));
        };
        requestAnimationFrame(step);
      }),
    SCROLL_MS,
  );
  const { script, layout } = await ended();
  return { gaps, slowest: slowestSecond(gaps), script: script / gaps.length, layout: layout / gaps.length };
}

/** The fewest frames of any second, begun at any frame. */
function slowestSecond(gaps: readonly number[]): number {
  let fewest = Infinity;
  for (let from = 0, to = 0, lasted = 0; to < gaps.length; from += 1) {
    while (lasted < 1000 && to < gaps.length) lasted += gaps[to++] ?? 0;
    if (lasted >= 1000) fewest = Math.min(fewest, to - from);
    lasted -= gaps[from] ?? 0;
  }
  return fewest;
}

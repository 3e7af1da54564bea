import { StatesideError } from '../../../shared/domain/error.ts';
import { bridge, value } from '../../app/bridge.ts';
import { shrinkToWidth } from './shrink.ts';

const MARGIN = 16;
const CAPTION = 28;

/**
 * A PNG of an element as the window shows it, however tall: what does not fit is scrolled into view and taken piece by
 * piece. `caption` stands below, so that the picture says by itself where its numbers come from.
 */
export async function pictureOf(element: HTMLElement, caption: string): Promise<Uint8Array<ArrayBuffer>> {
  const scroller = scrollerOf(element);
  const before = scroller.scrollTop;
  element.dataset['picture'] = '';
  const shrunk = shrinkToWidth(element);
  try {
    return await stitched(element, scroller, caption);
  } finally {
    for (const table of shrunk) table.style.zoom = '';
    delete element.dataset['picture'];
    scroller.scrollTop = before;
  }
}

async function stitched(
  element: HTMLElement,
  scroller: Element,
  caption: string,
): Promise<Uint8Array<ArrayBuffer>> {
  await painted();
  const width = Math.round(element.getBoundingClientRect().width);
  const height = Math.round(element.getBoundingClientRect().height);
  const scale = window.devicePixelRatio;
  const canvas = new OffscreenCanvas((width + 2 * MARGIN) * scale, (height + 2 * MARGIN + CAPTION) * scale);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new StatesideError('internal', 'no picture can be drawn in this window');
  pen.scale(scale, scale);
  pen.fillStyle = colourOf('--surface');
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (let done = 0; done < height;) {
    const view = scroller.getBoundingClientRect();
    scroller.scrollTop += element.getBoundingClientRect().top + done - view.top;
    await painted();
    const box = element.getBoundingClientRect();
    const top = Math.round(box.top + done);
    const piece = Math.floor(Math.min(height - done, view.bottom - top));
    if (piece < 1) throw new StatesideError('refused', 'The window is too small for a picture; enlarge it');
    const { png } = await value(
      bridge.shell.capture({ x: Math.round(box.left), y: top, width, height: piece }),
    );
    const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    pen.drawImage(bitmap, MARGIN, MARGIN + done, width, piece);
    bitmap.close();
    done += piece;
  }
  pen.fillStyle = colourOf('--ink-3');
  pen.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillText(caption, MARGIN, height + MARGIN + CAPTION - 4, width);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

/** The nearest ancestor that scrolls up and down. */
function scrollerOf(element: Element): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.documentElement;
}

const colourOf = (token: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(token).trim();

/** Two frames: after the first, what was changed is laid out; after the second, it is drawn. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

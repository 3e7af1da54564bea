import { StatesideError } from '../../../shared/domain/error.ts';
import { FrameMark, painted } from './frame-mark.ts';
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
  const mark = new FrameMark();
  try {
    for (let done = 0; done < height;) {
      const view = scroller.getBoundingClientRect();
      scroller.scrollTop += element.getBoundingClientRect().top + done - view.top;
      const box = element.getBoundingClientRect();
      const top = Math.round(box.top + done);
      const piece = Math.floor(Math.min(height - done, view.bottom - top));
      if (piece < 1) throw new StatesideError('refused', 'The window is too small for a picture; enlarge it');
      const left = Math.round(box.left);
      const seen = await mark.frame({ width: left + width, height: top + piece });
      pen.drawImage(
        seen,
        ...([left * scale, top * scale, width * scale, piece * scale] as const),
        ...([MARGIN, MARGIN + done, width, piece] as const),
      );
      seen.close();
      done += piece;
    }
  } finally {
    mark.remove();
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

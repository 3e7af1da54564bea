import { StatesideError } from '../../../shared/domain/error.ts';
import { bridge, value } from '../../app/bridge.ts';

const SIZE = 4;
/** Told apart however a screen shows them. */
const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
] as const;
const TRIES = 60;

/**
 * A dot in the corner of the window that has another colour for every frame that is to be captured. What is captured may
 * be a frame from before the last change of the page, as on a machine that is busy; by the dot it is seen and taken again.
 */
export class FrameMark {
  readonly #dot = document.createElement('div');
  readonly #pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  #frames = 0;

  constructor() {
    const { style } = this.#dot;
    this.#dot.ariaHidden = 'true';
    style.cssText = `position: fixed; top: 0; left: 0; width: ${SIZE}px; height: ${SIZE}px; z-index: 2147483647; forced-color-adjust: none`;
    document.body.append(this.#dot);
  }

  /** The window from its corner on as it is now, all changes of the page until here included. */
  async frame({ width, height }: { width: number; height: number }): Promise<ImageBitmap> {
    const colour = COLOURS[this.#frames % COLOURS.length] ?? COLOURS[0];
    this.#frames += 1;
    this.#dot.style.backgroundColor = `rgb(${colour.join(' ')})`;
    for (let tries = 0; tries < TRIES; tries += 1) {
      await painted();
      const { png } = await value(bridge.shell.capture({ x: 0, y: 0, width, height }));
      const seen = await createImageBitmap(new Blob([png], { type: 'image/png' }));
      if (this.#shows(seen, colour)) return seen;
      seen.close();
    }
    throw new StatesideError(
      'internal',
      'the window does not show what it draws; bring it to the front and save the picture again',
    );
  }

  remove(): void {
    this.#dot.remove();
  }

  #shows(seen: ImageBitmap, colour: readonly number[]): boolean {
    const middle = (SIZE / 2) * window.devicePixelRatio;
    this.#pen?.drawImage(seen, Math.floor(middle), Math.floor(middle), 1, 1, 0, 0, 1, 1);
    const data = this.#pen?.getImageData(0, 0, 1, 1).data;
    return colour.every((part, at) => Math.abs(part - (data?.[at] ?? -1)) < 96);
  }
}

/** Two frames: after the first, what was changed is laid out; after the second, it is drawn. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

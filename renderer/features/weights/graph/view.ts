/** Where the window of the drawing stands: drawing × scale + offset = pixels. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.01;
const LARGEST = 3;
const MARGIN = 24;

/** The whole drawing, at most in its own size. */
export function fitted(drawing: Size, window: Size): View {
  const scale = Math.max(
    SMALLEST,
    Math.min(
      1,
      (window.width - 2 * MARGIN) / Math.max(1, drawing.width),
      (window.height - 2 * MARGIN) / Math.max(1, drawing.height),
    ),
  );
  return {
    scale,
    x: (window.width - drawing.width * scale) / 2,
    y: (window.height - drawing.height * scale) / 2,
  };
}

/** Grown or shrunk about a point of the window, which stays where it is. */
export function zoomed({ x, y, scale }: View, factor: number, at: { x: number; y: number }): View {
  const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
  const grown = next / scale;
  return { scale: next, x: at.x - (at.x - x) * grown, y: at.y - (at.y - y) * grown };
}

/** A point of the drawing in the middle of the window, large enough to be read. */
export function centred(point: { x: number; y: number }, view: View, window: Size): View {
  const scale = Math.max(view.scale, 0.8);
  return { scale, x: window.width / 2 - point.x * scale, y: window.height / 2 - point.y * scale };
}

/** The point of the drawing under a point of the window. */
export const pointAt = ({ x, y, scale }: View, at: { x: number; y: number }) => ({
  x: (at.x - x) / scale,
  y: (at.y - y) / scale,
});

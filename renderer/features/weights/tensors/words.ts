/** "64 × 32"; a scalar has no axes. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'scalar' : shape.join(' × ');

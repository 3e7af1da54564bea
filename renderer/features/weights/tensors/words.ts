import type { TensorRow } from '../../../../shared/contract/tensors.ts';

/** "64 × 32"; a scalar has no axes. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'scalar' : shape.join(' × ');

/** A tensor's name in its own file: a list names the file in a column of its own. */
export const ownName = ({ name, file }: Pick<TensorRow, 'name' | 'file'>): string =>
  name.startsWith(`${file}: `) ? name.slice(file.length + 2) : name;

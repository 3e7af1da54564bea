import { flattened, remainder, UNKNOWN, type Dimension, type Shape } from './dimension.ts';
import type { NodeFacts } from './node-facts.ts';
import { many, one, type Rule, type Rules } from './rule.ts';

/** How a window moves along one axis, as attributes say it for all of them. */
interface Window {
  /** Of the values under it, gaps included. */
  readonly length: number;
  readonly stride: number;
  /** Zeros added at both ends together, and at the first alone. */
  readonly pads: number;
  readonly before: number;
}

/** https://onnx.ai/onnx/operators/onnx__Conv.html; null where the kernel's size is not known. */
function windowsOf(facts: NodeFacts, axes: number, kernel: Shape | null): Window[] | null {
  const sizes = facts.ints('kernel_shape') ?? kernel;
  const [strides, dilations, pads] = ['strides', 'dilations', 'pads'].map((name) => facts.ints(name));
  const windows: Window[] = [];
  for (let axis = 0; axis < axes; axis += 1) {
    const size = sizes?.[axis];
    if (typeof size !== 'number') return null;
    const before = pads?.[axis] ?? 0;
    windows.push({
      length: (dilations?.[axis] ?? 1) * (size - 1) + 1,
      stride: strides?.[axis] ?? 1,
      pads: before + (pads?.[axis + axes] ?? 0),
      before,
    });
  }
  return windows;
}

/** Places of a window along an axis. Where sizes have names it is told only that nothing is lost. */
function places(facts: NodeFacts, size: Dimension, { length, stride, pads, before }: Window): Dimension {
  const padding = facts.text('auto_pad') ?? 'NOTSET';
  if (padding.startsWith('SAME')) {
    if (typeof size === 'number') return Math.ceil(size / stride);
    return stride === 1 ? size : UNKNOWN;
  }
  const added = padding === 'VALID' ? 0 : pads;
  if (typeof size !== 'number') return stride === 1 && added === length - 1 ? size : UNKNOWN;
  const steps = (size + added - length) / stride;
  if (facts.int('ceil_mode', 0) === 0) return Math.floor(steps) + 1;
  const count = Math.ceil(steps) + 1;
  // a window that would begin in what was added behind is left out
  return (count - 1) * stride >= size + (padding === 'VALID' ? 0 : before) ? count - 1 : count;
}

/** `weights`: which input holds [output channels, input channels of a group, ...kernel]. */
const convolution = (weights: number): Rule =>
  one((facts) => {
    const [data, kernel] = [facts.shape(0), facts.shape(weights)];
    if (data === null || kernel === null) return null;
    const space = data.slice(2);
    const windows = windowsOf(facts, space.length, kernel.slice(2));
    const moved = space.map((size, axis) => {
      const window = windows?.[axis];
      return window === undefined ? UNKNOWN : places(facts, size, window);
    });
    return [data[0] ?? UNKNOWN, kernel[0] ?? UNKNOWN, ...moved];
  });

/** What a window that adds to where it stands makes of an axis. */
const spread = (size: Dimension, { length, stride, pads }: Window, more: number): Dimension =>
  typeof size === 'number' ? stride * (size - 1) + more + length - pads : UNKNOWN;

const transposedConvolution = one((facts) => {
  const [data, kernel] = [facts.shape(0), facts.shape(1)];
  if (data === null || kernel === null) return null;
  const space = data.slice(2);
  const windows = windowsOf(facts, space.length, kernel.slice(2));
  const [said, more] = [facts.ints('output_shape'), facts.ints('output_padding')];
  const same = facts.text('auto_pad')?.startsWith('SAME') === true;
  const grown = space.map((size, axis): Dimension => {
    const window = windows?.[axis];
    if (said !== null) return said.at(axis - space.length) ?? UNKNOWN;
    if (window === undefined) return UNKNOWN;
    return same ? flattened([size, window.stride]) : spread(size, window, more?.[axis] ?? 0);
  });
  return [data[0] ?? UNKNOWN, flattened([kernel[1] ?? UNKNOWN, facts.int('group', 1)]), ...grown];
});

const pool: Rule = (facts) => {
  const data = facts.shape(0);
  const windows = data === null ? null : windowsOf(facts, data.length - 2, null);
  if (data === null || windows === null) return [];
  const moved = windows.map((window, axis) => places(facts, data[axis + 2] ?? UNKNOWN, window));
  return facts.node.outputs.map(() => [...data.slice(0, 2), ...moved]);
};

const globalPool = one((facts) => facts.shape(0)?.map((size, axis) => (axis < 2 ? size : 1)) ?? null);

const unpool = one((facts) => {
  const data = facts.shape(0);
  if (facts.has(2)) return facts.contents[2] ?? data?.map(() => UNKNOWN) ?? null;
  const windows = data === null ? null : windowsOf(facts, data.length - 2, null);
  if (data === null || windows === null) return null;
  return [
    ...data.slice(0, 2),
    ...windows.map((window, axis) => spread(data[axis + 2] ?? UNKNOWN, window, 0)),
  ];
});

/** Regions of interest, one row each, cut out of images. */
const regions = (count: number, size: (facts: NodeFacts) => Shape): Rule =>
  one((facts) => [facts.shape(count)?.[0] ?? UNKNOWN, facts.shape(0)?.[1] ?? UNKNOWN, ...size(facts)]);

const gridSample = one((facts) => {
  const [data, grid] = [facts.shape(0), facts.shape(1)];
  return data === null || grid === null ? null : [...data.slice(0, 2), ...grid.slice(1, -1)];
});

/** Of the sizes [batch, channels, ...space] that an input gives: where each place of the space lies, an axis for each. */
const affineGrid = one((facts) => {
  const sizes = facts.contents[1] ?? null;
  return sizes === null ? null : [sizes[0] ?? UNKNOWN, ...sizes.slice(2), sizes.length - 2];
});

const columnsToImage = one((facts) => {
  const [data, image, block] = [facts.shape(0), facts.contents[1] ?? null, facts.contents[2] ?? null];
  if (data === null || image === null) return null;
  return [data[0] ?? UNKNOWN, block === null ? UNKNOWN : remainder(data.slice(1, 2), block), ...image];
});

/** Operators that move a window over [batch, channels, ...space]. */
export const WINDOWS: Rules = [
  ...many('Conv ConvInteger DeformConv', convolution(1)),
  ['QLinearConv', convolution(3)],
  ['ConvTranspose', transposedConvolution],
  ...many('AveragePool LpPool MaxPool', pool),
  ...many('GlobalAveragePool GlobalLpPool GlobalMaxPool', globalPool),
  ['MaxUnpool', unpool],
  ['RoiAlign', regions(1, (facts) => [facts.int('output_height', 1), facts.int('output_width', 1)])],
  ['MaxRoiPool', regions(1, (facts) => facts.ints('pooled_shape') ?? [UNKNOWN, UNKNOWN])],
  ['GridSample', gridSample],
  ['AffineGrid', affineGrid],
  ['Col2Im', columnsToImage],
];

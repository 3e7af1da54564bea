import {
  alike,
  axisAt,
  broadcast,
  flattened,
  remainder,
  sumOf,
  UNKNOWN,
  type Dimension,
  type Shape,
} from './dimension.ts';
import { one, replaced, type Rule, type Rules } from './rule.ts';
import { sliced } from './slice-size.ts';

const concat = one((facts) => {
  const known = facts.shapes.filter((shape) => shape !== null);
  const [first] = known;
  if (first === undefined || known.length !== facts.shapes.length) return null;
  const axis = axisAt(facts.int('axis', 0), first.length);
  if (axis === null || known.some(({ length }) => length !== first.length)) return null;
  return first.map((size, at) =>
    at === axis
      ? sumOf(known.map((shape) => shape[at] ?? UNKNOWN))
      : known.reduce((sized, shape) => alike(sized, shape[at] ?? UNKNOWN), size),
  );
});

const reshape = one((facts) => {
  const data = facts.shape(0);
  const target = facts.contents[1] ?? null;
  const length = facts.shape(1)?.[0];
  if (target === null)
    return typeof length === 'number' && length <= 64 ? Array.from({ length }, () => UNKNOWN) : null;
  const keepsZero = facts.int('allowzero', 0) === 1;
  const sizes = target.map((size, at) => (size === 0 && !keepsZero ? (data?.[at] ?? UNKNOWN) : size));
  const open = sizes.indexOf(-1);
  if (open === -1) return sizes;
  const rest = sizes.filter((_, at) => at !== open);
  return replaced(sizes, open, data === null ? UNKNOWN : remainder(data, rest));
});

const flatten = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const axis = facts.int('axis', 1);
  const at = axis < 0 ? axis + data.length : axis;
  return at < 0 || at > data.length ? null : [flattened(data.slice(0, at)), flattened(data.slice(at))];
});

const transpose = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const order = facts.ints('perm') ?? (facts.text('perm') === null ? [...data.keys()].toReversed() : null);
  return order?.length === data.length ? order.map((at) => data[at] ?? UNKNOWN) : null;
});

const squeeze = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const axes = facts.setting('axes', 1);
  if (axes === null) {
    const isSaid = facts.has(1) || facts.text('axes') !== null;
    return isSaid || data.some((size) => typeof size !== 'number') ? null : data.filter((size) => size !== 1);
  }
  const gone = new Set(axes.map((axis) => axisAt(axis, data.length)));
  return data.filter((_, at) => !gone.has(at));
});

const unsqueeze = one((facts) => {
  const data = facts.shape(0);
  const axes = facts.setting('axes', 1);
  if (data === null || axes === null) return null;
  const rank = data.length + axes.length;
  const added = new Set(axes.map((axis) => axisAt(axis, rank)));
  if (added.size !== axes.length || added.has(null)) return null;
  const left = [...data];
  return Array.from({ length: rank }, (_, at) => (added.has(at) ? 1 : (left.shift() ?? UNKNOWN)));
});

const split: Rule = (facts) => {
  const data = facts.shape(0);
  const { length } = facts.node.outputs;
  const axis = data === null ? null : axisAt(facts.int('axis', 0), data.length);
  if (data === null || axis === null) return [];
  const isSaid = facts.has(1) || facts.text('split') !== null;
  const whole = data[axis];
  const sizes = facts.setting('split', 1);
  const part = typeof whole === 'number' ? Math.ceil(whole / length) : null;
  return Array.from({ length }, (_, at): Shape => {
    const even = part === null || typeof whole !== 'number' ? UNKNOWN : Math.min(part, whole - at * part);
    return replaced(data, axis, isSaid ? (sizes?.[at] ?? UNKNOWN) : even);
  });
};

const slice = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const [starts, ends] = [facts.setting('starts', 1), facts.setting('ends', 2)];
  const count = starts?.length ?? ends?.length;
  const isSaid = facts.has(3) || facts.text('axes') !== null;
  const axes = facts.setting('axes', 3) ?? (isSaid || count === undefined ? null : [...Array(count).keys()]);
  if (axes === null) return data.map(() => UNKNOWN);
  const steps = facts.has(4) ? facts.numbers(4) : axes.map(() => 1);
  const cut = [...data];
  for (const [at, axis] of axes.entries()) {
    const place = axisAt(axis, data.length);
    if (place === null) return null;
    cut[place] = sliced(data[place] ?? UNKNOWN, starts?.[at], ends?.[at], steps?.[at]);
  }
  return cut;
});

const expand = one((facts) => {
  const [data, to] = [facts.shape(0), facts.contents[1] ?? null];
  return data === null || to === null ? null : broadcast([data, to]);
});

const tile = one((facts) => {
  const [data, times] = [facts.shape(0), facts.numbers(1)];
  if (data === null) return null;
  return data.map((size, at) => flattened([size, times?.[at] ?? UNKNOWN]));
});

const pad = one((facts) => {
  const [data, pads] = [facts.shape(0), facts.setting('pads', 1)];
  if (data === null) return null;
  if (facts.has(3)) return data.map(() => UNKNOWN);
  return data.map((size, at) => {
    const added = pads === null ? null : (pads[at] ?? 0) + (pads[at + data.length] ?? 0);
    if (added === 0) return size;
    return added === null ? UNKNOWN : sumOf([size, added]);
  });
});

/** Moves blocks of `blocksize` squared channels to rows and columns, or back. */
const blocks = (toSpace: boolean): Rule =>
  one((facts) => {
    const data = facts.shape(0);
    if (data?.length !== 4) return null;
    const [batch = UNKNOWN, channels = UNKNOWN, ...space] = data;
    const size = facts.int('blocksize', 1);
    const scaled = (whole: Dimension, by: number, grows: boolean): Dimension =>
      grows ? flattened([whole, by]) : remainder([whole], [by]);
    return [
      batch,
      scaled(channels, size * size, !toSpace),
      ...space.map((each) => scaled(each, size, toSpace)),
    ];
  });

/** Sizes that an input gives, for all axes or for those of `axes`. */
const sizedBy = (at: number): Rule =>
  one((facts) => {
    const [data, sizes] = [facts.shape(0), facts.contents[at] ?? null];
    if (data === null) return null;
    const keepsRatio = !['', 'stretch'].includes(facts.text('keep_aspect_ratio_policy') ?? '');
    const axes = facts.ints('axes')?.map((axis) => axisAt(axis, data.length)) ?? [...data.keys()];
    return data.map((size, axis) => {
      const place = axes.indexOf(axis);
      return place === -1 ? size : keepsRatio ? UNKNOWN : (sizes?.[place] ?? UNKNOWN);
    });
  });

/** Operators that put the same values in another arrangement, or only some of them. */
export const ARRANGING: Rules = [
  ['Concat', concat],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Transpose', transpose],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Split', split],
  ['Slice', slice],
  ['Expand', expand],
  ['Tile', tile],
  ['Pad', pad],
  ['DepthToSpace', blocks(true)],
  ['SpaceToDepth', blocks(false)],
  ['CenterCropPad', sizedBy(1)],
  ['Resize', sizedBy(3)],
  ['Upsample', one((facts) => facts.shape(0)?.map(() => UNKNOWN) ?? null)],
];

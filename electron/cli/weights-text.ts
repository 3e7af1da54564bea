import type { TensorChange } from '../../shared/domain/release/changes.ts';
import type { TensorDifference } from '../../shared/domain/weights/difference.ts';
import type { Tensor } from '../../shared/domain/weights/tensor.ts';
import { table } from './table.ts';

/** A number in four digits; "–" where there is none. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : String(Number(value.toPrecision(4)));

export const whole = (value: number): string => value.toLocaleString('en-US');

export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** One line for each tensor that differs, and a count of those of all `compared` that do not. */
export function differenceTable(
  tensors: readonly (TensorDifference | TensorChange)[],
  compared = tensors.length,
): string {
  const different = tensors.filter(({ kind }) => kind !== 'equal');
  const equal = `${whole(compared - different.length)} of ${whole(compared)} tensors are equal.`;
  if (different.length === 0) return equal;
  const rows = different.map(({ name, kind, before, after, change }) => [
    name,
    kind,
    typeText(before, after),
    figure(change?.relative),
    figure(change?.cosine),
    figure(change?.largest?.change),
    change === null ? '–' : `${(100 * change.changedShare).toFixed(2)} %`,
  ]);
  const heading = ['tensor', 'what', 'type', 'relative L2 change', 'cosine', 'largest change', 'changed'];
  return `${table([heading, ...rows])}\n\n${equal}`;
}

/** One tensor in full, with its histogram of differences and the rows that moved farthest. */
export function differenceText(difference: TensorDifference): string {
  const { name, kind, before, after, change } = difference;
  const lines = [`${name}: ${kind}, ${typeText(before, after)}`];
  if (change === null) return lines.join('\n');
  lines.push(
    `relative L2 change ${figure(change.relative)}, cosine ${figure(change.cosine)}, ${whole(change.changed)} values changed, ${whole(change.notFinite)} of them from or to NaN or infinity`,
  );
  if (change.largest !== null)
    lines.push(`largest change ${figure(change.largest.change)} at element ${change.largest.index}`);
  for (const { power, rises, falls } of change.histogram)
    lines.push(`  by 2^${power} to 2^${power + 1}: ${whole(rises)} rose, ${whole(falls)} fell`);
  for (const { row, norm } of change.movedRows) lines.push(`  row ${row} moved by ${figure(norm)}`);
  return lines.join('\n');
}

type Form = Pick<Tensor, 'shape'> & { readonly dtype: string };

function typeText(before: Form | null, after: Form | null): string {
  const texts = [before, after].flatMap((each) =>
    each === null ? [] : [`${each.dtype} ${shapeText(each.shape)}`],
  );
  return [...new Set(texts)].join(' → ');
}

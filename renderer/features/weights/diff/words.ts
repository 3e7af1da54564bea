import type { TensorChange } from '../../../../shared/domain/release/changes.ts';
import { formatNumber } from '../../../components/number.ts';

const NONE = '–';

/** A number in four significant digits, with an exponent where it is far from one. */
export function figureText(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
  return text.replaceAll('-', '−');
}

export const cosineText = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : formatNumber(value, 4);

/** A share as a percentage; what is not quite nothing or all never reads as that. */
export function shareText(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value > 0 && value < 0.0001) return '< 0.01 %';
  if (value < 1 && value > 0.9999) return '> 99.99 %';
  return `${formatNumber(100 * value, 2)} %`;
}

/** "F32 [24, 64]", or both where they differ: "F32 [24, 64] → F16 [24, 64]". */
export function formText({ before, after }: Pick<TensorChange, 'before' | 'after'>): string {
  const texts = [before, after].flatMap((form) =>
    form === null ? [] : [`${form.dtype} [${form.shape.join(', ')}]`],
  );
  return [...new Set(texts)].join(' → ');
}

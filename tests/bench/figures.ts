/** One line of a bench's table; `target` says what the project asks for, null where nothing is asked. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: { readonly text: string; readonly met: boolean } | null;
}

/** The value below which the share `q` of the values lies (nearest rank). */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const figure = (name: string, value: number, unit: string): Figure => ({
  name,
  value,
  unit,
  target: null,
});

export const atLeast = (name: string, value: number, unit: string, least: number): Figure => ({
  ...figure(name, value, unit),
  target: { text: `≥ ${least} ${unit}`.trim(), met: value >= least },
});

export const below = (name: string, value: number, unit: string, most: number): Figure => ({
  ...figure(name, value, unit),
  target: { text: `< ${most} ${unit}`.trim(), met: value < most },
});

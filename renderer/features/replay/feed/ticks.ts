const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round numbers in even steps, about `count` of them, from at or below `from` to at or above `to`; one step at least. */
export function ticksOver(from: number, to: number, count: number): number[] {
  const span = to - from;
  if (!(span > 0)) return [from, from + 1];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((step) => step * power >= rough) ?? 10);
  const [first, last] = [Math.floor(from / step), Math.ceil(to / step)];
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

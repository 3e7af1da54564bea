/** A page of the rows, of `count` in all, whose number begins with the digits of `text`; every row for no text. */
export function numberedRows(
  count: number,
  text: string,
  offset: number,
  limit: number,
): { total: number; rows: { row: number; key: null }[] } {
  const page = (total: number, rowAt: (place: number) => number) => ({
    total,
    rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => ({
      row: rowAt(offset + at),
      key: null,
    })),
  });
  const wanted = text.trim();
  if (wanted === '') return page(count, (place) => place);
  if (!/^(?:0|[1-9]\d{0,14})$/.test(wanted)) return page(0, () => 0);
  const ranges = rangesOf(Number(wanted), count);
  const total = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return page(total, (place) => {
    let left = place;
    const range = ranges.find(({ from, to }) => {
      if (left < to - from) return true;
      left -= to - from;
      return false;
    });
    return (range?.from ?? 0) + left;
  });
}

/** 12, 120 to 129, 1200 to 1299, and so on, as far as there are rows. Nothing but 0 begins with 0. */
function rangesOf(number: number, count: number): { from: number; to: number }[] {
  if (number === 0) return count === 0 ? [] : [{ from: 0, to: 1 }];
  const ranges = [];
  for (let scale = 1; number * scale < count; scale *= 10)
    ranges.push({ from: number * scale, to: Math.min(count, (number + 1) * scale) });
  return ranges;
}

/** Calls `act` at once, then at most every `ms`, and once more after the last call; `now()` does not wait. */
export function throttle(ms: number, act: () => void): { (): void; now(): void } {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    act();
  };
  const later = (): void => {
    const wait = last + ms - performance.now();
    if (wait <= 0) now();
    else timer ??= setTimeout(now, wait).unref();
  };
  return Object.assign(later, { now });
}

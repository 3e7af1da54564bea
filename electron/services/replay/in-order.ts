/**
 * Works on `inputs` with at most `width` under way and yields the answers in the order of the inputs.
 * The first failure, or an abort, ends it after what is under way has settled.
 */
export async function* inOrder<Input, Output>(
  inputs: Iterable<Input>,
  width: number,
  work: (input: Input) => Promise<Output>,
  signal: AbortSignal,
): AsyncGenerator<Output> {
  const underWay: Promise<Output>[] = [];
  try {
    for (const input of inputs) {
      signal.throwIfAborted();
      const answer = work(input);
      answer.catch(() => {});
      underWay.push(answer);
      const first = underWay.length >= width ? underWay.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
      signal.throwIfAborted();
      yield await first;
    }
    signal.throwIfAborted();
  } finally {
    await Promise.allSettled(underWay);
  }
}

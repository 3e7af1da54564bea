import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { blockOf } from './block-bytes.ts';
import type { ReplayedRequest } from './compare.ts';

/** Requests that are ranked again: few, because each costs an inference of its own. */
const AGAIN = 16;

/**
 * Ranks some requests of a replay a second time, each in a batch of its own, and holds the outcomes against the first
 * ones: a model whose numbers depend on its batch, or a run that is not exact, shows here.
 */
export class Recheck {
  readonly #wanted: ReadonlySet<string>;
  readonly #first = new Map<string, string>();

  /** Requests spread evenly over a replay. */
  constructor(requestIds: readonly string[]) {
    const step = Math.max(1, requestIds.length / AGAIN);
    const count = Math.min(AGAIN, requestIds.length);
    this.#wanted = new Set(Array.from({ length: count }, (_, at) => requestIds[Math.floor(at * step)] ?? ''));
  }

  /** Remembers what came of the requests that are to be ranked again. */
  take(block: readonly Pick<ReplayedRequest, 'requestId' | 'json'>[]): void {
    for (const { requestId, json } of block)
      if (this.#wanted.has(requestId)) this.#first.set(requestId, json);
  }

  /** `again` ranks requests in the batches it is given, and answers as `blockBytes` writes it. */
  async run(
    again: (batches: readonly [string][]) => Promise<Uint8Array>,
  ): Promise<NonNullable<ReplayReport['recheck']>> {
    const second = blockOf(await again(Array.from(this.#first.keys(), (id) => [id])));
    const same = Array.from(this.#first.values()).filter((json, at) => second.requests[at]?.json === json);
    return { requests: this.#first.size, differing: this.#first.size - same.length };
  }
}

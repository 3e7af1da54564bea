import { joined } from '../../../shared/domain/memory/joined.ts';
import type { RequestNumbers, SliceNumbers } from '../../../shared/domain/replay/outcome.ts';
import type { RequestOutcome } from '../../../shared/domain/replay/report.ts';
import type { ReplayedRequest } from './compare.ts';
import { packedIds, type PackedIds } from './packed-ids.ts';

/**
 * Replayed requests as they travel between threads and are kept: in columns and with each name once, because to write
 * and read a value for every number and name of every request takes a third of the time of ranking.
 */
export interface PackedRequests {
  readonly requestIds: readonly string[];
  readonly userIds: readonly string[];
  readonly requestedAt: readonly string[];
  /** Canonical JSON of the outcomes, a line for each. */
  readonly outcomes: string;
  /** Of each request: candidates, items that the baseline and the candidate show, how many of these carry a label. */
  readonly counts: Int32Array;
  /** What the baseline shows, then what the candidate shows, of one request after another. */
  readonly shown: PackedIds;
  /** One row of measures after another. */
  readonly values: Float64Array;
  readonly labels: NamedRows;
  readonly kinds: NamedRows;
  /** Of requests that were logged with propensities. */
  readonly offPolicy: { readonly has: Uint8Array; readonly values: Float64Array };
  readonly slices: readonly (readonly SliceNumbers[])[];
  readonly worths: readonly (readonly Float64Array[])[];
}

/** Named rows of numbers, all of one length, of one request after another. */
interface NamedRows {
  readonly names: readonly string[];
  /** How many rows each request has. */
  readonly counts: Int32Array;
  /** The place of each row's name. */
  readonly named: Int32Array;
  readonly values: Float64Array;
}

interface OneNamedRows {
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** Numbers of one request in `counts`. */
const COUNTS = 5;

export function packRequests(requests: readonly ReplayedRequest[]): PackedRequests {
  const counts = new Int32Array(COUNTS * requests.length);
  const ids: (string | number)[] = [];
  let at = 0;
  for (const { candidates, shown } of requests) {
    const { baseline, candidate, labelled } = shown;
    counts[at] = candidates;
    counts[at + 1] = baseline.length;
    counts[at + 2] = candidate.length;
    counts[at + 3] = labelled.baseline;
    counts[at + 4] = labelled.candidate;
    at += COUNTS;
    for (let place = 0; place < baseline.length; place += 1) ids.push(baseline[place] ?? '');
    for (let place = 0; place < candidate.length; place += 1) ids.push(candidate[place] ?? '');
  }
  return {
    ...{ counts, shown: packedIds(ids) },
    requestIds: requests.map(({ requestId }) => requestId),
    userIds: requests.map(({ userId }) => userId),
    requestedAt: requests.map(({ requestedAt }) => requestedAt),
    outcomes: requests.map(({ json }) => json).join('\n'),
    values: inOneRow(requests.map(({ numbers }) => numbers.values)),
    labels: packRows(requests.map(({ numbers }) => labelRows(numbers))),
    kinds: packRows(requests.map(({ numbers }) => numbers.kinds)),
    offPolicy: {
      has: Uint8Array.from(requests, ({ offPolicy }) => (offPolicy === null ? 0 : 1)),
      values: inOneRow(requests.flatMap(({ offPolicy }) => offPolicy ?? [])),
    },
    slices: requests.map(({ slices }) => slices),
    worths: requests.map(({ worths }) => worths),
  };
}

/** The inverse; numbers are views of the packed ones. */
export function unpackRequests(packed: PackedRequests): ReplayedRequest[] {
  const { requestIds, userIds, requestedAt, counts, values, slices, worths } = packed;
  const offPolicy = unpackSome(packed.offPolicy);
  const lines = packed.outcomes.split('\n');
  const width = values.length / userIds.length;
  const labels = unpackRows(packed.labels);
  const kinds = unpackRows(packed.kinds);
  let from = 0;
  const feed = (length: number): PackedIds => {
    const { shown } = packed;
    const first = from;
    from += length;
    return shown instanceof Float64Array ? shown.subarray(first, from) : shown.slice(first, from);
  };
  return userIds.map((userId, at): ReplayedRequest => {
    const json = lines[at] ?? '';
    const [candidates = 0, before = 0, after = 0, baseline = 0, candidate = 0] = counts.subarray(
      COUNTS * at,
      COUNTS * (at + 1),
    );
    let outcome: RequestOutcome | undefined;
    return {
      requestId: requestIds[at] ?? '',
      userId,
      requestedAt: requestedAt[at] ?? '',
      candidates,
      json,
      shown: { baseline: feed(before), candidate: feed(after), labelled: { baseline, candidate } },
      // only who keeps outcomes asks for them, and reading them takes as long as all else here
      get outcome() {
        return (outcome ??= readOutcome(json));
      },
      numbers: {
        values: values.subarray(at * width, (at + 1) * width),
        labels: labelsOf(labels[at] ?? NO_ROWS),
        kinds: kinds[at] ?? NO_ROWS,
      },
      offPolicy: offPolicy[at] ?? null,
      slices: slices[at] ?? [],
      worths: worths[at] ?? [],
    };
  });
}

const readOutcome = (json: string): RequestOutcome => JSON.parse(json);

const NO_ROWS: OneNamedRows = { names: [], values: new Float64Array() };

const labelRows = ({ labels }: RequestNumbers): OneNamedRows => ({
  names: labels.map(({ label }) => label),
  values: inOneRow(labels.map(({ prevalence }) => prevalence)),
});

function labelsOf({ names, values }: OneNamedRows): RequestNumbers['labels'] {
  const width = values.length / names.length;
  return names.map((label, at) => ({ label, prevalence: values.subarray(at * width, (at + 1) * width) }));
}

function unpackSome({ has, values }: PackedRequests['offPolicy']): (Float64Array | null)[] {
  const width = values.length / has.reduce((sum, one) => sum + one, 0);
  let from = 0;
  return Array.from(has, (one) => {
    if (one === 0) return null;
    from += width;
    return values.subarray(from - width, from);
  });
}

function packRows(requests: readonly OneNamedRows[]): NamedRows {
  const places = new Map<string, number>();
  const named: number[] = [];
  for (const { names } of requests) {
    for (const name of names) {
      const place = places.get(name) ?? places.size;
      if (place === places.size) places.set(name, place);
      named.push(place);
    }
  }
  return {
    names: [...places.keys()],
    counts: Int32Array.from(requests, ({ names }) => names.length),
    named: Int32Array.from(named),
    values: inOneRow(requests.map(({ values }) => values)),
  };
}

function unpackRows({ names, counts, named, values }: NamedRows): OneNamedRows[] {
  const width = values.length / named.length;
  let from = 0;
  return Array.from(counts, (count) => {
    const first = from;
    from += count;
    return {
      names: Array.from(named.subarray(first, from), (place) => names[place] ?? ''),
      values: count === 0 ? NO_ROWS.values : values.subarray(first * width, from * width),
    };
  });
}

function inOneRow(parts: readonly Float64Array[]): Float64Array {
  return joined(parts, new Float64Array(parts.reduce((sum, { length }) => sum + length, 0)));
}

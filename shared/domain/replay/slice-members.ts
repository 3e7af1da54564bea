import type { Candidates } from '../ranking/candidate-columns.ts';
import type { RankingRequest } from '../ranking/request.ts';
import { attributeOf, groupOf, type AskedRequest } from './attribute.ts';
import type { Slicing } from './report.ts';

/** A slice that a request belongs to, whole or with some of its candidates. */
export interface Membership {
  /** Place of the slicing in the settings. */
  readonly slicing: number;
  /** One for each attribute of the slicing. */
  readonly values: readonly string[];
  /** By candidate index, 1 where the candidate belongs to it; null: the whole request does. */
  readonly members: Uint8Array | null;
}

/** The slices of a request: one for a slicing by users or requests, one for each kind of item for one by items. */
export function membershipsOf(
  slicings: readonly Slicing[],
  request: RankingRequest<Candidates> & AskedRequest,
): Membership[] {
  return slicings.flatMap((by, slicing): Membership[] => {
    const readers = by.map(attributeOf);
    if (readers.every((reader) => reader.of === 'request')) {
      const values = readers.map((reader) => (reader.of === 'request' ? groupOf(reader.read(request)) : ''));
      return [{ slicing, values, members: null }];
    }
    const found = new Map<string, { values: string[]; members: Uint8Array }>();
    for (let index = 0; index < request.candidates.length; index += 1) {
      const candidate = request.candidates.at(index);
      if (candidate === undefined) continue;
      const values = readers.map((reader) =>
        groupOf(reader.of === 'request' ? reader.read(request) : reader.read(candidate, request)),
      );
      const key = values.join('\u001f');
      const known = found.get(key) ?? { values, members: new Uint8Array(request.candidates.length) };
      known.members[index] = 1;
      found.set(key, known);
    }
    return Array.from(found.values(), (kind) => ({ slicing, ...kind }));
  });
}

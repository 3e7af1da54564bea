import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import type { SnapshotReader } from '../../../electron/database/snapshot/reader.ts';
import type { SnapshotRequest } from '../../../electron/database/snapshot/request.ts';
import { KeptFeed } from '../../../shared/contract/weights.ts';
import { loggedPlaces, loggedRanking } from '../../../shared/domain/ranking/logged.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import type { Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import { FIELD_NAMES, fieldNamed } from '../../../shared/domain/ranking/field.ts';
import type {
  Candidate,
  CandidateItem,
  IdOrder,
  RankingRequest,
} from '../../../shared/domain/ranking/request.ts';
import { kindSharesOf } from '../../../shared/domain/replay/kinds.ts';
import { offPolicyRow } from '../../../shared/domain/replay/off-policy.ts';
import { compareFeeds, feedOf } from '../../../shared/domain/replay/outcome.ts';
import { membershipsOf } from '../../../shared/domain/replay/slice-members.ts';
import { mulberry } from '../../fixtures/replay/bundle.ts';
import { writeOddSnapshot } from '../../fixtures/replay/odd-snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-columns-'));
const IDS: readonly (readonly [IdOrder, (at: number) => string])[] = [
  ['text', (at) => `${['é', 'a', '𝒳', ']"'][at % 4] ?? ''}${at}`],
  ['integer', (at) => String(at % 2 === 0 ? -at : at * 1_000_003)],
  ['integer', (at) => String(2n ** 60n + BigInt(at))],
];
/** Every column that a condition can name, and a rule that holds for some. */
const COLUMNS = [
  ['candidate.request_id', 'gt: "5"'],
  ['candidate.ordinal', 'lt: 4'],
  ['candidate.item_id', 'lt: "3"'],
  ['candidate.in_network', 'eq: 0'],
  ['candidate.logged_position', 'lte: 2'],
  ['candidate.logged_score', 'gt: 0'],
  ['candidate.propensity', 'lt: 0.5'],
  ['item.item_id', 'gte: "3"'],
  ['item.author_id', 'ne: "1"'],
  ['item.caption', 'in: [dogs, "𝒳"]'],
  ['item.category', 'eq: news'],
  ['item.language', 'eq: es'],
  ['item.duration_ms', 'gt: 20000'],
  ['item.uploaded_at', 'lt: "2026"'],
  ['item.attributes.views', 'lt: 30'],
  ['user.user_id', 'lt: "2"'],
  ['user.region', 'eq: CA'],
  ['user.attributes.age', 'gt: 2'],
] as const;
const readers: SnapshotReader[] = [];

beforeAll(() => {
  for (const [at, [order, idOf]] of IDS.entries()) {
    const path = join(folder, `${at}.snapshot.sqlite`);
    writeOddSnapshot(path, order, idOf);
    readers.push(openSnapshot(path));
  }
});

afterAll(() => {
  for (const reader of readers) reader.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the item holds now, because it is moved on with its candidate. */
function itemOf({ item }: Candidate): CandidateItem {
  const { itemId, authorId, caption, category, language, durationMs, uploadedAt, attributes, labels } = item;
  return { itemId, authorId, caption, category, language, durationMs, uploadedAt, attributes, labels };
}

test('requests read at once, in columns, hold what each holds that is read alone', () => {
  for (const reader of readers) {
    const ids = reader.requestIds();
    for (const [at, columns] of reader.requests(ids).entries()) {
      const alone = reader.request(ids[at] ?? '');
      const candidates = alone.candidates.map((_, index) => {
        const candidate = columns.candidates.at(index);
        if (candidate === undefined) return undefined;
        const { ordinal, inNetwork, loggedPosition, loggedScore, propensity } = candidate;
        const item = itemOf(candidate);
        return { ordinal, item, inNetwork, loggedPosition, loggedScore, propensity };
      });
      expect({ ...columns, candidates }).toEqual(alone);
    }
  }
});

test('every column of candidates, items and users reads alike alone, in columns and in the window', () => {
  const named = COLUMNS.map(([field]) => field.replace(/attributes\..*/, 'attributes.<name>'));
  expect(FIELD_NAMES.split(', ').toSorted()).toEqual([...named].toSorted());
  for (const reader of readers) {
    const ids = reader.requestIds();
    for (const [field] of COLUMNS) {
      const values = (asked: RankingRequest<Candidates>) =>
        Array.from({ length: asked.candidates.length }, (_, index) => {
          const candidate = asked.candidates.at(index);
          return candidate === undefined ? undefined : fieldNamed(field)?.read(asked, candidate);
        });
      const alone = ids.map((id) => reader.request(id));
      expect(reader.requests(ids).map(values)).toEqual(alone.map(values));
      expect(alone.map((list) => values(KeptFeed.shape.request.parse(list)))).toEqual(alone.map(values));
      expect(alone.flatMap(values).some((value) => value !== null && value !== undefined)).toBe(true);
    }
  }
});

test('a ranking and all that is measured of it are the same to the bit from columns and from a list', () => {
  const condition = fc.constantFrom(
    '{label: {any_of: [label_1, label_2]}}',
    '{not: {field: item.language, eq: en}}',
    ...COLUMNS.map(([field, rule]) => `{field: ${field}, ${rule}}`),
  );
  const drawn = fc.record({
    ...{ snapshot: fc.nat(IDS.length - 1), request: fc.nat(29), seed: fc.nat() },
    ...{ when: condition, remove: condition, spread: fc.boolean() },
  });
  fc.assert(
    fc.property(drawn, ({ snapshot, request, seed, ...rules }) => {
      const reader = readers[snapshot];
      const id = reader?.requestIds()[request];
      if (reader === undefined || id === undefined) throw new RangeError('no such request');
      const list = reader.request(id);
      const random = mulberry(seed);
      // few values, so that there are ties
      const output = () => Float32Array.from(list.candidates, () => Math.floor(4 * random()));
      const outputs = new Map([
        ['a', output()],
        ['b', output()],
      ]);
      const policy = parsePolicy(written(rules), 'policy.yaml');
      const all = (asked: SnapshotRequest<Candidates>): unknown => {
        const before = loggedRanking(asked, reader.idOrder);
        const after = rankRequest(policy, asked, outputs, reader.idOrder);
        const { signals } = reader;
        const kinds = kindSharesOf(asked, feedOf(before, 5), feedOf(after, 5), 5);
        const slices = membershipsOf([['item.category'], ['user.region']], asked);
        const orders = {
          logged: loggedPlaces(asked.candidates),
          baseline: before.order,
          candidate: after.order,
        };
        return [
          before,
          after,
          compareFeeds({
            request: asked,
            signals,
            baseline: before,
            candidate: after,
            topK: 5,
            slices,
            kinds,
          }),
          offPolicyRow({ request: asked, signals, ...orders, expected: () => outputs.get('a') ?? null }),
        ];
      };
      expect(reader.requests([id]).map(all)).toEqual([all(list)]);
      const inTheWindow = KeptFeed.shape.request.parse(structuredClone(list));
      expect(rankRequest(policy, inTheWindow, outputs, reader.idOrder)).toEqual(
        rankRequest(policy, list, outputs, reader.idOrder),
      );
    }),
    { numRuns: 300 },
  );
});

const written = (rules: {
  readonly when: string;
  readonly remove: string;
  readonly spread: boolean;
}): string =>
  `version: 1
heads:
  - {name: a, output: a, kind: probability, weight: 1}
  - {name: b, output: b, kind: probability, weight: -1}
multipliers: [{name: m, when: ${rules.when}, factor: 0.5}]
filters: [{name: f, when: ${rules.remove}}]
${rules.spread ? 'diversity: {by: item.author_id, decay: 0.5, floor: 0.25}' : ''}
top_k: 10
`;

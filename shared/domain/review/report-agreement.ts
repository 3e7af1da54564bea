import { z } from 'zod';
import {
  agreementOf,
  bootstrapInterval,
  entry,
  PairTable,
  UnitTable,
  type Kinds,
  type Level,
} from './agreement.ts';
import type { CampaignMode } from './campaign.ts';
import { FEED_VERDICTS } from './decision.ts';
import type { Source } from './draw.ts';
import { lastOfEach, type Judgement, type Unit } from './judgement.ts';

export const AgreementResult = z.object({
  statistic: z.string(),
  /** Units judged by two or more people. */
  units: z.int(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Why there is no number; null where there is one. */
  because: z.string().nullable(),
});
export type AgreementResult = z.infer<typeof AgreementResult>;

export const ReportAgreement = z.object({
  /** On feeds: verdicts as ranks, preferences as names. */
  feeds: AgreementResult,
  /** On feeds, verdicts as names; null in a blind campaign, where `feeds` is that already. */
  feedsByName: AgreementResult.nullable(),
  /** On items: the actions, as names. */
  items: AgreementResult,
  /** By policy: whether an item violates it, and how severely where two or more say that it does. */
  policies: z.array(z.object({ policy: z.string(), named: AgreementResult, severity: AgreementResult })),
  /** Every two reviewers who judged something both. */
  pairs: z.array(
    z.object({ first: z.string(), second: z.string(), feeds: AgreementResult, items: AgreementResult }),
  ),
});
export type ReportAgreement = z.infer<typeof ReportAgreement>;

const SEVERITIES: Level = { kind: 'ordinal', order: ['1', '2', '3', '4'] };

/** Sums up, feed by feed, how far people agree. It holds kinds of units, not units, so a million decisions are little. */
export class AgreementTally {
  readonly #feeds = new UnitTable();
  readonly #items = new UnitTable();
  /** Item units by how many people judged them. */
  readonly #sizes = new Map<number, number>();
  readonly #policies = new Map<
    string,
    { named: UnitTable; severity: UnitTable; sizes: Map<number, number> }
  >();
  readonly #pairs = new Map<string, Map<string, { feeds: PairTable; items: PairTable }>>();

  /** Adds what was said of one feed and of its items, verdicts uncovered. */
  addFeed(units: readonly Unit[]): void {
    for (const unit of units) {
      if (unit.length < 2) continue;
      const said = lastOfEach(unit);
      if (said.length < 2) continue;
      const of = said[0]?.itemId === null ? 'feeds' : 'items';
      (of === 'feeds' ? this.#feeds : this.#items).add(said.map(({ value }) => value));
      this.#addPairs(said, of);
      if (of === 'items') this.#addPolicies(said);
    }
  }

  #addPairs(said: readonly Judgement[], of: 'feeds' | 'items'): void {
    said.forEach((first, at) => {
      const partners = entry(this.#pairs, first.person, () => new Map());
      for (const second of said.slice(at + 1)) {
        const tables = entry(partners, second.person, () => ({
          feeds: new PairTable(),
          items: new PairTable(),
        }));
        tables[of].add(first.value, second.value);
      }
    });
  }

  #addPolicies(said: readonly Judgement[]): void {
    count(this.#sizes, said.length);
    for (const policy of new Set(said.flatMap((judgement) => judgement.policy ?? []))) {
      const { named, severity, sizes } = entry(this.#policies, policy, () => ({
        ...{ named: new UnitTable(), severity: new UnitTable(), sizes: new Map<number, number>() },
      }));
      named.add(said.map((judgement) => (judgement.policy === policy ? 'yes' : 'no')));
      count(sizes, said.length);
      severity.add(
        said.flatMap((judgement) =>
          judgement.policy === policy && judgement.severity !== null ? [String(judgement.severity)] : [],
        ),
      );
    }
  }

  result(mode: CampaignMode, source: Source): ReportAgreement {
    const alpha = (table: UnitTable, level: Level = { kind: 'nominal' }) =>
      result(`Krippendorff’s α, ${level.kind}`, table.kinds(level), source);
    const kappa = (table: PairTable) => result('Cohen’s κ', table.kinds(), source);
    const ordinal = { kind: 'ordinal', order: FEED_VERDICTS } as const;
    return {
      feeds: alpha(this.#feeds, mode === 'open' ? ordinal : { kind: 'nominal' }),
      feedsByName: mode === 'open' ? alpha(this.#feeds) : null,
      items: alpha(this.#items),
      policies: byKey(this.#policies).map(([policy, { named, severity, sizes }]) => {
        // what nobody found to violate the policy is agreement too
        for (const [size, units] of this.#sizes)
          named.add(
            Array.from({ length: size }, () => 'no'),
            units - (sizes.get(size) ?? 0),
          );
        return { policy, named: alpha(named), severity: alpha(severity, SEVERITIES) };
      }),
      pairs: byKey(this.#pairs).flatMap(([first, partners]) =>
        byKey(partners).map(([second, { feeds, items }]) => ({
          first,
          second,
          feeds: kappa(feeds),
          items: kappa(items),
        })),
      ),
    };
  }
}

function result(statistic: string, kinds: Kinds, source: Source): AgreementResult {
  const found = agreementOf(kinds);
  const { units } = found;
  if (found.kind === 'value') {
    const interval = bootstrapInterval(kinds, () => source.unit());
    const { low, high } = interval ?? { low: null, high: null };
    return { statistic, units, value: found.value, low, high, because: null };
  }
  const because =
    found.kind === 'no variation'
      ? 'only one value was ever given, so chance cannot be told from agreement'
      : `not enough overlap: ${units} judged by two, ${found.needed} needed`;
  return { statistic, units, value: null, low: null, high: null, because };
}

const count = (counts: Map<number, number>, of: number): void => {
  counts.set(of, (counts.get(of) ?? 0) + 1);
};

const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

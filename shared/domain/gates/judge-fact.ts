import { finite, judged, type Judged } from './judged.ts';
import { judgeReview, type ReviewFacts } from './review-facts.ts';
import type { FactGate } from './rules.ts';

/** What is known of a release and its snapshot besides the measures of its replay; null where nobody looked. */
export interface GateFacts {
  /** The bundle's files hash to the digest it was imported under. */
  readonly bundleIntact: boolean | null;
  /** Jurisdictions of every training data set, in any order; empty when none is stated. */
  readonly trainingJurisdictions: readonly string[];
  /** The model's features are the snapshot's, order included. */
  readonly featuresEqual: boolean | null;
  /** The model has every output that the policy names. */
  readonly headsComplete: boolean | null;
  /** Requests of the replay that were ranked again came out the same; left out or null where none was. */
  readonly replayExact?: boolean | null;
  readonly snapshotJurisdiction: string | null;
  readonly snapshotAgeDays: number | null;
  /** Null where no review was held; left out where nobody looked. */
  readonly review?: ReviewFacts | null;
}

const NO_BUNDLE = 'The bundle was not looked at; judge with the release’s bundle at hand.';

const NO_TRAINING =
  'No training data is stated; have training-data.json say what the model was trained on, and judge with the bundle at hand.';
const NO_REPLAY = 'There is no replay to tell; replay the release.';

const YES = {
  bundle_intact: {
    rule: 'The bundle’s files hash to its digest',
    fact: 'bundleIntact',
    missing: NO_BUNDLE,
  },
  features_equal: {
    rule: 'The model’s features are the snapshot’s, in the same order',
    fact: 'featuresEqual',
    missing: NO_BUNDLE,
  },
  heads_complete: {
    rule: 'The model has every output the policy names',
    fact: 'headsComplete',
    missing: NO_BUNDLE,
  },
  replay_exact: {
    rule: 'Requests of the replay, ranked again one by one, come out the same to the last bit',
    fact: 'replayExact',
    missing: 'The report tells of no request that was ranked again; replay anew.',
  },
} as const;

export function judgeFact(gate: FactGate, facts: GateFacts): Judged {
  if (gate.fact === 'training_jurisdiction')
    return judgeAllowed(
      'Every training data set comes from',
      gate.allow,
      facts.trainingJurisdictions,
      NO_TRAINING,
    );
  if (gate.fact === 'snapshot_jurisdiction') {
    const found = facts.snapshotJurisdiction === null ? [] : [facts.snapshotJurisdiction];
    return judgeAllowed('The replayed snapshot comes from', gate.allow, found, NO_REPLAY);
  }
  if (gate.fact === 'snapshot_age_days') return judgeAge(gate.max, finite(facts.snapshotAgeDays));
  if ('min' in gate || gate.fact === 'open_escalations' || gate.fact === 'review_dissent')
    return judgeReview(gate, facts.review);
  const { rule, fact, missing } = YES[gate.fact];
  const found = facts[fact] ?? null;
  const measured = found === null ? null : found ? 'yes' : 'no';
  return { rule, threshold: 'yes', ...judged(measured, (said) => said === 'yes', missing) };
}

function judgeAge(max: number, measured: number | null): Judged {
  return {
    ...{ rule: `The replayed snapshot is at most ${max} days old`, threshold: max, unit: 'days' },
    ...judged(measured, (days) => days <= max, NO_REPLAY),
  };
}

function judgeAllowed(what: string, allow: string[], found: readonly string[], missing: string): Judged {
  const measured = found.length === 0 ? null : [...new Set(found)].toSorted();
  return {
    ...{ rule: `${what} ${allow.join(' or ')}`, threshold: allow },
    ...judged(measured, (places) => places.every((place) => allow.includes(place)), missing),
  };
}

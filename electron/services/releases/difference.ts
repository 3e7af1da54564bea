import type { TensorDifference } from '../../../shared/domain/weights/difference.ts';
import type { WeightsPool } from '../../workers/weights-pool.ts';
import { weightsDifference } from '../weights/difference.ts';
import { bundleTensors } from '../weights/open-weights.ts';
import type { Course } from '../weights/statistics.ts';
import type { Bundle } from './bundle.ts';

/** One thing that differs: null where a side lacks it. */
export interface ValueChange {
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two releases, in the order a reviewer reads it. */
export interface ReleaseDifference {
  readonly before: string;
  readonly after: string;
  readonly policy: readonly ValueChange[];
  readonly tensors: readonly TensorDifference[];
  readonly features: readonly ValueChange[];
  readonly trainingData: readonly ValueChange[];
  readonly papers: readonly ValueChange[];
}

const PAPERS: ReadonlySet<string> = new Set(['release.yaml', 'model-card.md']);

export async function releaseDifference(
  before: Bundle,
  after: Bundle,
  pool: WeightsPool,
  course: Course,
): Promise<ReleaseDifference> {
  const tensors = [before, after].map((bundle) => bundleTensors(bundle, bundle.manifest.name));
  const digests = ({ files }: Bundle) =>
    new Map(files.filter(({ path }) => PAPERS.has(path)).map(({ path, sha256 }) => [path, sha256]));
  return {
    before: before.digest,
    after: after.digest,
    policy: changes(policyFacts(before), policyFacts(after)),
    tensors: await weightsDifference(tensors[0] ?? [], tensors[1] ?? [], pool, course),
    features: changes(featureFacts(before), featureFacts(after)),
    trainingData: changes(datasetFacts(before), datasetFacts(after)),
    papers: [
      ...changes(manifestFacts(before), manifestFacts(after)),
      ...changes(digests(before), digests(after)),
    ],
  };
}

type Facts = ReadonlyMap<string, string>;

function changes(before: Facts, after: Facts): ValueChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [old = null, now = null] = [before.get(what), after.get(what)];
    return old === now ? [] : [{ what, before: old, after: now }];
  });
}

function policyFacts({ policy }: Bundle): Facts {
  const facts = new Map<string, string>();
  for (const [part, value] of Object.entries(policy)) {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of parts) {
      if (typeof each !== 'object' || each === null) {
        facts.set(part, String(each));
        continue;
      }
      const name = 'name' in each ? `${part}.${String(each.name)}` : part;
      for (const [field, content] of Object.entries(each))
        if (field !== 'name') facts.set(`${name}.${field}`, text(content));
    }
  }
  return facts;
}

const featureFacts = ({ features }: Bundle): Facts =>
  new Map(features.map((name, at) => [name, `column ${at}`]));

const datasetFacts = ({ trainingData }: Bundle): Facts =>
  new Map(
    trainingData.datasets.flatMap(({ name, ...facts }) =>
      Object.entries(facts).map(([field, value]): [string, string] => [`${name}.${field}`, text(value)]),
    ),
  );

const manifestFacts = ({ manifest }: Bundle): Facts =>
  new Map(Object.entries(manifest).map(([field, value]) => [field, text(value)]));

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

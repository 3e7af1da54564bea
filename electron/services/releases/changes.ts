import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import {
  tensorChange,
  type DatasetChange,
  type ReleaseChanges,
  type ValueChange,
} from '../../../shared/domain/release/changes.ts';
import { lineChanges } from '../../../shared/domain/release/line-changes.ts';
import type { TensorDifference } from '../../../shared/domain/weights/difference.ts';
import type { WeightsPool } from '../../workers/weights-pool.ts';
import { refOf } from '../replay/ranker.ts';
import { weightsDifference } from '../weights/difference.ts';
import { bundleTensors } from '../weights/open-weights.ts';
import type { Course } from '../weights/statistics.ts';
import type { Bundle } from './bundle.ts';

/** Two releases compared: the document, and every tensor with its histogram of differences and the rows that moved. */
export interface ComparedReleases {
  readonly changes: ReleaseChanges;
  readonly tensors: readonly TensorDifference[];
}

export async function compareReleases(
  before: Bundle,
  after: Bundle,
  pool: WeightsPool,
  course: Course,
): Promise<ComparedReleases> {
  const tensorsOf = (bundle: Bundle) => bundleTensors(bundle, bundle.manifest.name);
  const tensors = await weightsDifference(tensorsOf(before), tensorsOf(after), pool, course);
  const different = tensors.filter(({ kind }) => kind !== 'equal');
  const changes: ReleaseChanges = {
    format: 'stateside-release-changes',
    version: 1,
    before: refOf(before),
    after: refOf(after),
    policy: diffPolicies(before.policy, after.policy),
    tensors: {
      compared: tensors.length,
      equal: tensors.length - different.length,
      different: different.map(tensorChange),
    },
    features: changesOf(featureFacts(before), featureFacts(after)),
    trainingData: datasetChanges(before, after),
    papers: {
      manifest: changesOf(manifestFacts(before), manifestFacts(after)),
      modelCard: lineChanges(before.modelCard, after.modelCard),
    },
  };
  return { changes, tensors };
}

type Facts = ReadonlyMap<string, string>;

function changesOf(before: Facts, after: Facts): ValueChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [old = null, now = null] = [before.get(what), after.get(what)];
    return old === now ? [] : [{ what, before: old, after: now }];
  });
}

const featureFacts = ({ features }: Bundle): Facts =>
  new Map(features.map((name, at) => [name, `column ${at}`]));

const manifestFacts = ({ manifest }: Bundle): Facts =>
  new Map(Object.entries(manifest).map(([field, value]) => [field.replaceAll('_', ' '), value ?? 'none']));

/** Data sets by their names; of several with one name the second is "name (2)". */
function datasetChanges(before: Bundle, after: Bundle): DatasetChange[] {
  const [former, present] = [datasets(before), datasets(after)];
  return [...new Set([...former.keys(), ...present.keys()])].flatMap((name): DatasetChange[] => {
    const [old, now] = [former.get(name), present.get(name)];
    const fields = changesOf(old ?? new Map<string, string>(), now ?? new Map<string, string>());
    if (fields.length === 0) return [];
    return [
      { name, status: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed', fields },
    ];
  });
}

function datasets({ trainingData }: Bundle): ReadonlyMap<string, Facts> {
  const found = new Map<string, Facts>();
  for (const { name, jurisdiction, rows, period, sha256 } of trainingData.datasets) {
    let own = name;
    for (let count = 2; found.has(own); count += 1) own = `${name} (${count})`;
    const facts = { jurisdiction, rows: String(rows), period: `${period.from} to ${period.to}`, sha256 };
    found.set(own, new Map(Object.entries(facts)));
  }
  return found;
}

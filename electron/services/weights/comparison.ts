import type { ReleasePair } from '../../../shared/contract/changes.ts';
import { badInput } from '../../../shared/domain/error.ts';
import { parentOf } from '../../../shared/domain/release/parent.ts';
import type { RankerRef } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { findChanges, insertChanges, type KeptChanges } from '../../database/workspace/release-changes.ts';
import { getRelease, listReleases } from '../../database/workspace/releases.ts';
import type { ServiceContext } from '../context.ts';
import { compareReleases } from '../releases/changes.ts';
import { refOf } from '../replay/ranker.ts';
import { sha256Hex } from '../signoff/digest.ts';
import type { Course } from './statistics.ts';

/** Compares two releases of the workspace and keeps what came out, with its log entry; once for each pair. */
export async function compareAndKeep(
  { workspace: { db }, weightsPool, bundles, log, actor, now, changed }: ServiceContext,
  pair: ReleasePair,
  course: Course,
): Promise<KeptChanges> {
  const known = findChanges(db, pair);
  if (known !== null) return known;
  const before = await bundles.reread(pair.before);
  const after = await bundles.reread(pair.after);
  const { changes, tensors } = await compareReleases(before, after, weightsPool, course);
  const document = canonicalJson(changes);
  const kept = { digest: sha256Hex(document), document, comparedAt: now() };
  const found = db
    .transaction(() => {
      const meanwhile = findChanges(db, pair);
      if (meanwhile !== null) return meanwhile;
      insertChanges(db, pair, kept, tensors);
      log.append({
        at: kept.comparedAt,
        actor,
        action: 'release.compare',
        subject: pair.after,
        body: { before: pair.before, changes: kept.digest },
      });
      return kept;
    })
    .immediate();
  changed('weights', 'audit');
  return found;
}

/** Starts comparing two releases, or finds the job that does already. */
export class Comparisons {
  readonly #context: ServiceContext;
  readonly #running = new Map<string, string>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  jobOf({ before, after }: ReleasePair): string | null {
    return this.#running.get(`${before} ${after}`) ?? null;
  }

  start(pair: ReleasePair): string {
    const running = this.jobOf(pair);
    if (running !== null) return running;
    const { db } = this.#context.workspace;
    const [before, after] = [getRelease(db, pair.before), getRelease(db, pair.after)];
    if (pair.before === pair.after)
      throw badInput('A release has no changes against itself; choose another one to compare with.');
    const key = `${pair.before} ${pair.after}`;
    const id = this.#context.jobs.start({
      title: `Comparing ${after.manifest.version} with ${before.manifest.version}`,
      route: `/weights/changes?release=${pair.after}&against=${pair.before}`,
      unit: 'values',
      total: 0,
      run: async (onProgress, signal) => {
        try {
          await compareAndKeep(this.#context, pair, { signal, onProgress });
          return null;
        } finally {
          this.#running.delete(key);
          this.#context.changed('weights');
        }
      },
    });
    this.#running.set(key, id);
    return id;
  }
}

/** The changes of a release against its parent as evidence: made when nobody made them yet; null without a parent here. */
export async function changesEvidence(
  context: ServiceContext,
  release: string,
): Promise<{ parent: RankerRef; digest: string } | null> {
  const { db } = context.workspace;
  const parent = parentOf(getRelease(db, release).manifest, listReleases(db));
  if (parent === null) return null;
  const course = { signal: new AbortController().signal, onProgress: () => {} };
  const { digest } = await compareAndKeep(context, { before: parent.digest, after: release }, course);
  return { parent: refOf(parent), digest };
}

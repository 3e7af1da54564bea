import { randomBytes } from 'node:crypto';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { formula } from '../../../shared/contract/weights.ts';
import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { badInput, refused } from '../../../shared/domain/error.ts';
import { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { deleteDraft, getDraft, insertDraft, listDrafts } from '../../database/workspace/policy-drafts.ts';
import { getRelease } from '../../database/workspace/releases.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { requireFit } from '../replay/fit.ts';
import { draftRef, rankerOf } from '../replay/ranker.ts';
import { sha256Hex } from '../signoff/digest.ts';
import { formulaDetail, readReferences } from './formula-detail.ts';
import { policyEffects } from './policy-effects.ts';

export function formulaService(context: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof formula> {
  const { workspace, pool, log, bundles, snapshotFiles, actor } = context;
  const { db } = workspace;
  const snapshotOf = async (digest: string) => {
    const { info } = getSnapshot(db, digest);
    await snapshotFiles.require(info);
    return info;
  };
  const both = async (input: { release: string; snapshot: string }) => {
    const bundle = await bundles.get(input.release);
    const { path, digest, features } = await snapshotOf(input.snapshot);
    requireFit({ path, features }, bundle);
    return { snapshot: { path, digest }, ranker: rankerOf(bundle) };
  };
  return {
    formula: ({ release, against }) => formulaDetail(context, release, against),
    references: () => readReferences(context),
    worth: async (input) => pool.ask('formulaWorth', await both(input)),
    async effects({ release, snapshot, against }) {
      const { policy: former } = await bundles.get(against);
      const effects = await policyEffects(
        pool,
        await bundles.get(release),
        former,
        await snapshotOf(snapshot),
      );
      return { ...effects, single: [...effects.single] };
    },
    sample: async ({ snapshot }) => {
      const { path, digest } = await snapshotOf(snapshot);
      return pool.ask('sampleIds', { snapshot: { path, digest } });
    },
    keptFeed: async (input) => pool.ask('keptFeed', { ...(await both(input)), requestId: input.requestId }),
    whatIf: async (input) =>
      pool.ask('whatIf', { ...(await both(input)), policy: RankingPolicy.parse(input.policy) }),
    async drafts({ release }) {
      const row = getRelease(db, release);
      return listDrafts(db, release).map((draft) =>
        Object.assign({ ranker: draftRef(row, draft).digest }, draft),
      );
    },
    async saveDraft({ release, name, policy: written }) {
      const policy = RankingPolicy.parse(written);
      getRelease(db, release);
      const changes = diffPolicies((await bundles.get(release)).policy, policy);
      if (changes.length === 0) {
        throw badInput(`The draft ${name} changes nothing of the release's policy; move a weight first.`);
      }
      const id = randomBytes(5).toString('hex');
      const at = context.now();
      const digest = sha256Hex(canonicalJson(policy));
      db.transaction(() => {
        if (listDrafts(db, release).some((draft) => draft.name === name)) {
          throw refused(`This release has a draft named ${name} already; choose another name.`);
        }
        insertDraft(db, { id, name, release, digest, policy, changes, createdAt: at });
        const body = { name, release, digest, changes: changes.map(({ words }) => words) };
        log.append({ at, actor, action: 'policy-draft.save', subject: id, body });
      }).immediate();
      context.changed('weights', 'audit');
      return getDraft(db, id);
    },
    async removeDraft({ id }) {
      db.transaction(() => {
        const { name, digest } = getDraft(db, id);
        deleteDraft(db, id);
        log.append({
          at: context.now(),
          actor,
          action: 'policy-draft.remove',
          subject: id,
          body: { name, digest },
        });
      }).immediate();
      context.changed('weights', 'audit');
    },
  };
}

import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { refused } from '../../../shared/domain/error.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import {
  findRelease,
  getRelease,
  insertRelease,
  listReleases,
  setReleaseState,
} from '../../database/workspace/releases.ts';
import type { ServiceContext } from '../context.ts';
import type { Bundle } from './bundle.ts';
import { importBundle } from './import-bundle.ts';

export function releasesService(context: ServiceContext): ServiceApi<'releases'> {
  const { workspace, log, bundles, actor, now, changed } = context;
  const { db } = workspace;
  return {
    list: async () => listReleases(db),
    async get({ digest }) {
      const row = getRelease(db, digest);
      return { ...row, ...papers(await bundles.get(digest)) };
    },
    async import({ path }) {
      const bundle = await importBundle(path, workspacePaths(workspace.folder).releases);
      const { digest, files, manifest } = bundle;
      const at = now();
      db.transaction(() => {
        if (findRelease(db, digest) !== null) return;
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        insertRelease(db, {
          digest,
          manifest,
          state: 'imported',
          importedAt: at,
          bytes,
          fileCount: files.length,
        });
        const { name, version, team } = manifest;
        log.append({ at, actor, action: 'release.import', subject: digest, body: { name, version, team } });
      }).immediate();
      changed('releases', 'workspace', 'signoff', 'audit');
      return getRelease(db, digest);
    },
    async promote({ digest }) {
      await bundles.reread(digest);
      const at = now();
      db.transaction(() => {
        const release = getRelease(db, digest);
        checkPromotion(release);
        const former = listReleases(db).find(({ state }) => state === 'in production');
        if (former !== undefined) setReleaseState(db, former.digest, 'superseded');
        setReleaseState(db, digest, 'in production');
        log.append({
          at,
          actor,
          action: 'release.promote',
          subject: digest,
          body: { supersedes: former?.digest ?? null },
        });
      }).immediate();
      changed('releases', 'workspace', 'signoff', 'audit');
      return getRelease(db, digest);
    },
  };
}

function checkPromotion({ manifest: { name, version, team }, state }: ReleaseRow): void {
  if (team !== 'us')
    throw refused(`${name} ${version} is the ${team} team's; only a release of the US team ranks US feeds.`);
  if (state !== 'approved') {
    throw refused(
      `${name} ${version} is ${state}; only an approved release goes into production, so sign it off first.`,
    );
  }
}

function papers({ policy, policyText, features, outputs, trainingData, modelCard, files }: Bundle) {
  const heads = policy.heads.map(({ name, output, kind, weight, min, max }) => ({
    name,
    output,
    kind,
    weight,
    min,
    max,
  }));
  return {
    policyText,
    heads,
    topK: policy.top_k,
    features: [...features],
    outputs: [...outputs],
    trainingData,
    modelCard,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  };
}

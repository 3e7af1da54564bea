import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ModelSignature } from '../../../shared/contract/releases.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { findRelease, getRelease, insertRelease, listReleases } from '../../database/workspace/releases.ts';
import { withStanding } from '../signoff/standing.ts';
import type { ServiceContext } from '../context.ts';
import type { Bundle } from './bundle.ts';
import { importBundle } from './import-bundle.ts';
import { modelSignatureOf, trustedModelKeys } from './model-signature-status.ts';

export function releasesService(context: ServiceContext): ServiceApi<'releases'> {
  const { workspace, log, bundles, actor, now, changed } = context;
  const { db } = workspace;
  const paths = workspacePaths(workspace.folder);
  return {
    list: async () => withStanding(workspace, listReleases(db), now()),
    async get({ digest }) {
      const [row = getRelease(db, digest)] = withStanding(workspace, [getRelease(db, digest)], now());
      const bundle = await bundles.get(digest);
      const modelSignature = await modelSignatureOf(bundle, trustedModelKeys(paths.modelKeys));
      return { ...row, ...papers(bundle), modelSignature };
    },
    async import({ path }) {
      let signed: ModelSignature['status'] = 'not signed';
      const bundle = await importBundle(path, paths.releases, async (staged) => {
        signed = (await modelSignatureOf(staged, trustedModelKeys(paths.modelKeys))).status;
      });
      const { digest, files, manifest } = bundle;
      const at = now();
      db.transaction(() => {
        if (findRelease(db, digest) !== null) return;
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        insertRelease(db, {
          digest,
          manifest,
          state: 'draft',
          importedAt: at,
          bytes,
          fileCount: files.length,
        });
        const { name, version, team } = manifest;
        log.append({
          at,
          actor,
          action: 'release.import',
          subject: digest,
          body: { name, version, team, modelSignature: signed },
        });
      }).immediate();
      changed('releases', 'workspace', 'signoff', 'audit');
      return getRelease(db, digest);
    },
  };
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

import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StatesideError } from '../../../shared/domain/error.ts';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { ReleaseAction } from '../../../shared/domain/release/lifecycle.ts';
import { foundWorkspace } from '../../database/workspace/found.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import { openAuditLog } from '../audit/service.ts';
import { createServices, type OpenServices } from '../services.ts';
import { installPolicies } from './found-empty.ts';
import { installPeople } from '../signoff/install-people.ts';

/** Public: everybody may sign with the sample's keys. */
export const SAMPLE_PASSPHRASE = 'stateside sample';
/** The bundle that ranks US feeds when the sample opens. */
export const SAMPLE_PRODUCTION = 'us-2026.10.0';
const SETTINGS = { seed: 1, limit: null, topK: 10 };

/**
 * Founds the sample workspace from `resources/sample` (with `gates.yaml` beside that folder): people, snapshot and
 * releases come in, two approvers sign the first US release, it goes into production, and the other releases are
 * replayed against it. Everything goes through the same services as a person's work.
 */
export function foundSample(folder: string, sampleFolder: string, pool: WorkerPool): Promise<Workspace> {
  return foundWorkspace(folder, {
    name: 'Sample workspace',
    sample: true,
    gatesFile: join(sampleFolder, '..', 'gates.yaml'),
    fill: async (workspace) => {
      await installPeople(
        workspace,
        openAuditLog(workspace),
        join(sampleFolder, 'people'),
        new Date().toISOString(),
      );
      await installPolicies(workspace, join(sampleFolder, '..', 'policies'));
      await cp(join(sampleFolder, 'references'), workspacePaths(workspace.folder).references, {
        recursive: true,
      });
      const services = createServices(workspace, pool, () => {});
      try {
        await fill(services, sampleFolder);
      } finally {
        await services.close();
      }
    },
  });
}

async function fill(services: OpenServices, sampleFolder: string): Promise<void> {
  const snapshots = (await readdir(sampleFolder))
    .filter((name) => name.endsWith('.snapshot.sqlite'))
    .toSorted();
  const added = [];
  for (const name of snapshots) added.push(await services.snapshots.add({ path: join(sampleFolder, name) }));
  const [snapshot] = added;
  const bundles = (await readdir(join(sampleFolder, 'releases'))).toSorted();
  if (snapshot === undefined || !bundles.includes(SAMPLE_PRODUCTION)) {
    throw new StatesideError(
      'bad_input',
      `${sampleFolder} lacks its snapshot or releases; get the sample again.`,
    );
  }
  const bundlePath = (name: string): string => join(sampleFolder, 'releases', name);
  const production = await services.releases.import({ path: bundlePath(SAMPLE_PRODUCTION) });
  await moveSample(services, production.digest, ['submit', 'review']);
  await approve(services, production, await replay(services, snapshot.digest, production, production));
  await moveSample(services, production.digest, ['promote']);
  for (const name of bundles.filter((bundle) => bundle !== SAMPLE_PRODUCTION)) {
    const release = await services.releases.import({ path: bundlePath(name) });
    if (release.manifest.team === 'us') await moveSample(services, release.digest, ['submit', 'review']);
    await replay(services, snapshot.digest, production, release);
  }
  await services.jobs.clear();
}

/** Takes a release of the sample through actions, each signed by the first of the sample's people who may. */
export async function moveSample(
  { signoff }: Pick<OpenServices, 'signoff'>,
  releaseDigest: string,
  actions: readonly ReleaseAction[],
): Promise<void> {
  for (const action of actions) {
    const { actions: possible, signers } = await signoff.get({ releaseDigest });
    const { only, roles } = possible.find((found) => found.action === action) ?? { only: null, roles: [] };
    const signer = signers.find(
      ({ person, organisation, roles: has, keyHere }) =>
        keyHere &&
        organisation === 'us' &&
        (only === null || person === only) &&
        roles.some((role) => has.includes(role)),
    );
    const signed = [{ keyId: signer?.keyId ?? '', passphrase: SAMPLE_PASSPHRASE }];
    await signoff.act({ releaseDigest, action, reason: '', signers: signed });
  }
}

async function replay(
  { replay, jobs }: OpenServices,
  snapshot: string,
  baseline: ReleaseRow,
  candidate: ReleaseRow,
): Promise<string> {
  const input = { snapshot, baseline: baseline.digest, candidate: candidate.digest, settings: SETTINGS };
  const { replayId, jobId } = await replay.start(input);
  const { state, message } = await jobs.ended(jobId);
  if (state !== 'done')
    throw new StatesideError('bad_input', message ?? `The sample's replay ended ${state}.`);
  return replayId;
}

/** The first release has nothing before it, so it is replayed against itself and judged on its facts. */
async function approve({ signoff }: OpenServices, { digest }: ReleaseRow, replayId: string): Promise<void> {
  const { statement, signers, threshold } = await signoff.freeze({ releaseDigest: digest, replayId });
  const approvers = signers.filter(({ keyHere, notCountedBecause }) => keyHere && notCountedBecause === null);
  const waivers = (statement?.toWaive ?? []).map(({ gate }) => ({
    gate,
    reason: 'The sample is a log of 2022; a snapshot of today cannot be given away.',
  }));
  for (const { keyId } of approvers.slice(0, threshold)) {
    await signoff.sign({
      releaseDigest: digest,
      statementDigest: statement?.digest ?? '',
      keyId,
      passphrase: SAMPLE_PASSPHRASE,
      decision: 'approve',
      reason:
        'First US release: nothing before it to compare with, replayed against itself; trained on US data alone.',
      conditions: '',
      waivers,
    });
  }
}

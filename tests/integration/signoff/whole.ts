import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertCampaign } from '../../../electron/database/review/campaigns.ts';
import { insertDecision } from '../../../electron/database/review/decisions.ts';
import { insertChanges } from '../../../electron/database/workspace/release-changes.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { signModel } from '../../../electron/services/releases/model-signature.ts';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { addLibrary } from '../../../electron/services/review/policies.ts';
import { canonicalDigest, sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { unlockKey, type SigningKey } from '../../../electron/services/signoff/key-file.ts';
import { auditorReadme } from '../../../electron/services/signoff/package/auditor-readme.ts';
import { checksums } from '../../../electron/services/signoff/package/checksums.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';
import {
  addSignoff,
  emptyRecord,
  readSignoff,
  signDecision,
  writeRecord,
  type ReleaseRecord,
} from '../../../electron/services/signoff/record.ts';
import { signoffService } from '../../../electron/services/signoff/service.ts';
import type { ReleaseChanges } from '../../../shared/domain/release/changes.ts';
import type { Campaign } from '../../../shared/domain/review/campaign.ts';
import type { Decision } from '../../../shared/domain/review/decision.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { LIBRARY } from '../../fixtures/review/campaign.ts';
import { seen } from '../../fixtures/review/seen.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, reportOf, type World } from './world.ts';

export const APPROVERS = ['dana.whitfield', 'joel.abernathy'];

/** A made-up campaign on a release. */
export const campaignOn = (release: string, policies: string): Campaign => ({
  ...{ format: 'stateside-review-campaign', name: 'Autumn', mode: 'open', due: null, seed: 1 },
  ...{ release, baseline: sha256Hex('baseline'), snapshot: sha256Hex('snapshot') },
  ...{ replayReport: sha256Hex('report'), reviewersPerFeed: 1, policies },
  strata: [{ method: 'uniform', count: 2 }],
  feeds: ['r1', 'r2'].map((requestId) => ({ requestId, stratum: 0, left: 'baseline' })),
  ...{ createdBy: 'mara.quinones', createdAt: NOW },
});

/** A made-up document of changes between two releases. */
export const changesBetween = (
  before: ReleaseChanges['before'],
  after: ReleaseChanges['after'],
): ReleaseChanges => ({
  ...{ format: 'stateside-release-changes', version: 1, before, after },
  ...{ policy: [], tensors: { compared: 3, equal: 3, different: [] }, features: [], trainingData: [] },
  papers: { manifest: [], modelCard: [{ kind: 'added', line: 1, text: 'Trained in September.' }] },
});

export interface Whole {
  readonly world: World;
  /** With the parent's changes as evidence, as the window has it. */
  readonly signoff: World['signoff'];
  /** The replay that is frozen. */
  readonly replayId: string;
}

/** A workspace in whose statements everything stands that can: changes, a review with dissent, a model signature. */
export async function openWhole(): Promise<Whole> {
  const world = await openWorld();
  const { workspace, log, release } = world;
  const { db, folder } = workspace;
  const root = join(workspacePaths(folder).releases, release);
  const { files, manifest } = await openBundle(root);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(root, 'model.sig'), signModel(manifest.name, files, privateKey));

  const bundle = await openBundle(root);
  const { baseline: parent, candidate } = reportOf(bundle);
  const document = canonicalJson(changesBetween(parent, candidate));
  const digest = sha256Hex(document);
  insertChanges(db, { before: parent.digest, after: release }, { digest, document, comparedAt: NOW }, []);

  const { digest: policies } = addLibrary(workspace, log, LIBRARY, 'test', NOW);
  const definition = campaignOn(release, policies);
  const id = canonicalDigest(definition);
  insertCampaign(db, { id, definition });
  const decision: Decision = {
    ...{ format: 'stateside-review-decision', campaign: id, feed: 1, requestId: 'r2', seen: seen(policies) },
    ruling: { kind: 'feed', verdict: 'not acceptable', note: 'Too much of one author.' },
    ...{ person: 'sam.okafor', keyId: sha256Hex('sam.okafor'), at: NOW, reverses: null },
  };
  insertDecision(db, { id: canonicalDigest(decision), decision });
  return {
    world,
    signoff: signoffService(
      workspace,
      log,
      () => NOW,
      async () => ({ parent, digest }),
    ),
    replayId: world.replay([gate('pass')]),
  };
}

/** Signs the release's newest statement as both approvers and packs the record. */
export async function packWhole({ world, signoff, replayId }: Whole): Promise<PackageFiles> {
  const releaseDigest = world.release;
  const { statement } = await signoff.freeze({ releaseDigest, replayId });
  for (const person of APPROVERS)
    await signoff.sign({
      ...{ releaseDigest, statementDigest: statement?.digest ?? '', keyId: world.keyOf(person) },
      ...{ passphrase: PASSPHRASE, decision: 'approve', reason: 'I looked.', conditions: '' },
    });
  const { json } = await signoff.record({ releaseDigest });
  return collectPackage(world.workspace, world.log, json, NOW);
}

export const statementIn = (files: PackageFiles): ReleaseStatement =>
  ReleaseStatement.parse(
    JSON.parse(Buffer.from(JSON.parse(files.get('record.json') ?? '').payload, 'base64').toString()),
  );

const keys = new Map<string, SigningKey>();
function keyOf(person: string): SigningKey {
  const key =
    keys.get(person) ?? unlockKey(readFileSync(join(PEOPLE, 'keys', `${person}.pem`), 'utf8'), PASSPHRASE);
  keys.set(person, key);
  return key;
}

/** A record of both approvers on a statement of one's choice. */
export function signedByBoth(statement: ReleaseStatement): ReleaseRecord {
  const payload = canonicalJson(statement);
  return APPROVERS.reduce(
    (record, person) =>
      addSignoff(
        record,
        signDecision(
          payload,
          statement.subject[0]?.name ?? '',
          {
            ...{
              decision: 'approve',
              reason: 'I looked.',
              conditions: '',
              person,
              role: 'approver',
              at: NOW,
            },
            releaseStatement: { sha256: sha256Hex(payload) },
          },
          keyOf(person),
        ),
      ),
    emptyRecord(payload),
  );
}

/** The package of a record that the approvers signed over another statement, as if they had been misled. */
export function resigned(
  files: PackageFiles,
  change: (statement: ReleaseStatement) => ReleaseStatement,
  documents: readonly string[] = [],
): PackageFiles {
  const statement = change(statementIn(files));
  const record = signedByBoth(statement);
  const packed = new Map(files).set('record.json', writeRecord(record));
  for (const envelope of record.signoffs)
    packed.set(`signoffs/${readSignoff(envelope)?.person ?? ''}.json`, canonicalJson(envelope));
  for (const text of documents) packed.set(`evidence/${sha256Hex(text)}.json`, text);
  const firstRosterDigest = /^pin=(.*)$/m.exec(files.get('README.md') ?? '')?.[1] ?? '';
  const statementDigest = sha256Hex(canonicalJson(statement));
  packed.set('README.md', auditorReadme({ statement, statementDigest, firstRosterDigest }));
  return packed.set('SHA256SUMS', checksums(packed));
}

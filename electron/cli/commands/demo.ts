import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { sampleFolder, workerFiles } from '../../installed-files.ts';
import { createServices, type Services } from '../../services/services.ts';
import { verifyRecord } from '../../services/signoff/verify-record.ts';
import { foundSample, moveSample, SAMPLE_PASSPHRASE } from '../../services/workspace/found-sample.ts';
import { WorkerPool } from '../../workers/pool.ts';
import { present } from '../output.ts';
import { gateLine } from './gates.ts';

const GOOD = 'us-2026.11.0';
const BAD = 'us-2026.11.0-rc1';

export function demoCommand(): Command {
  return new Command('demo')
    .description('walk the whole cycle on the bundled sample: replay, gates, four eyes, record, verification')
    .option('--out <dir>', 'a new folder for workspace and record (a temporary one)')
    .action(async ({ out }: { out?: string }, command: Command) => {
      const folder =
        out === undefined ? await mkdtemp(join(tmpdir(), 'stateside-demo-')) : await newFolder(resolve(out));
      const story = new Story(command.optsWithGlobals<{ json?: boolean }>().json !== true);
      const pool = new WorkerPool(workerFiles.replay);
      try {
        const result = await demo(folder, pool, story);
        present(
          command,
          { folder, ...result, steps: story.steps },
          () => `Done. Everything lies in ${folder}.`,
        );
      } finally {
        await pool.close();
      }
    });
}

/** What was done, said as it happens. */
class Story {
  readonly steps: string[] = [];
  readonly #aloud: boolean;

  constructor(aloud: boolean) {
    this.#aloud = aloud;
  }

  tell(text: string): void {
    this.steps.push(text);
    if (this.#aloud) process.stdout.write(`${text}\n`);
  }
}

async function demo(folder: string, pool: WorkerPool, story: Story) {
  const workspace = await foundSample(join(folder, 'workspace'), sampleFolder, pool);
  const services = createServices(workspace, pool, () => {});
  try {
    story.tell(`1. Founded a workspace in ${workspace.folder}.`);
    await tellSample(services, story);
    const good = await replayed(services, GOOD);
    const bad = await replayed(services, BAD);
    tellReplay(story, 3, good.replay);
    tellReplay(story, 4, bad.replay);
    await refuseBad(services, story, bad.release, bad.replay.id);
    await signGood(services, story, good.release, good.replay.id);
    const { fileName, json } = await services.signoff.record({ releaseDigest: good.release.digest });
    const record = join(folder, fileName);
    await writeFile(record, json);
    await moveSample(services, good.release.digest, ['promote']);
    story.tell(`7. Exported the signed record to ${record} and put ${GOOD} into production.`);
    await verify(story, json);
    const log = await services.audit.verify();
    if (!log.ok) throw new StatesideError('failed_check', 'the audit log of the demo does not verify.');
    story.tell(`9. The audit log verifies: ${log.steps[0]?.checked ?? ''}, each in the signed Merkle log.`);
    return { workspace: workspace.folder, record };
  } finally {
    await services.close();
    workspace.close();
  }
}

async function tellSample({ snapshots, releases }: Services, story: Story): Promise<void> {
  for (const { meta, counts, digest } of await snapshots.list()) {
    story.tell(
      `2. Checked every row of the snapshot “${meta.name}”: ${counts.requests} requests, ${counts.candidates} candidates, SHA-256 ${digest.slice(0, 16)}….`,
    );
  }
  for (const { digest, manifest, state } of await releases.list()) {
    const { heads, trainingData } = await releases.get({ digest });
    const places = [...new Set(trainingData.datasets.map(({ jurisdiction }) => jurisdiction))].join(', ');
    const weights = heads.map(({ name, weight }) => `${name} ${weight}`).join(', ');
    story.tell(
      `   ${manifest.version} (${manifest.team}, ${state}): trained on ${places}; weights ${weights}`,
    );
  }
}

async function replayed(
  { releases, replay }: Services,
  version: string,
): Promise<{ release: ReleaseRow; replay: ReplayDetail }> {
  const release = (await releases.list()).find(({ manifest }) => manifest.version === version);
  const done = (await replay.list()).find(({ candidate }) => candidate.version === version);
  if (release === undefined || done === undefined)
    throw refused(`${sampleFolder} lacks ${version}; get the sample again.`);
  return { release, replay: await replay.get({ id: done.id }) };
}

function tellReplay(
  story: Story,
  step: number,
  { candidate, baseline, requests, gates }: ReplayDetail,
): void {
  const open = gates.filter(({ required, verdict }) => required && verdict !== 'pass');
  const verdict = open.length === 0 ? 'every required gate passes' : `${open.length} required gates FAIL`;
  story.tell(
    `${step}. Replayed ${candidate.version} against ${baseline.version} on ${requests} requests: ${verdict}.`,
  );
  for (const gate of gates) story.tell(`   ${gateLine(gate)}`);
}

async function refuseBad(
  { signoff }: Services,
  story: Story,
  { digest }: ReleaseRow,
  replayId: string,
): Promise<void> {
  const { statement, signers } = await signoff.freeze({ releaseDigest: digest, replayId });
  const approver = signers.find(({ keyHere, notCountedBecause }) => keyHere && notCountedBecause === null);
  const sign = {
    releaseDigest: digest,
    statementDigest: statement?.digest ?? '',
    keyId: approver?.keyId ?? '',
    passphrase: SAMPLE_PASSPHRASE,
  };
  const why = await refusal(() =>
    signoff.sign({ ...sign, decision: 'approve', reason: 'Looks fine.', conditions: '' }),
  );
  story.tell(`5. Tried to approve ${BAD} nevertheless; Stateside refused: ${why}`);
  await signoff.sign({
    ...sign,
    decision: 'refuse',
    reason: 'Trained outside the US, and ranks hated videos higher.',
    conditions: '',
  });
  story.tell(`   ${approver?.person ?? ''} refused ${BAD} with a signature.`);
}

async function signGood(
  { signoff }: Services,
  story: Story,
  { digest }: ReleaseRow,
  replayId: string,
): Promise<void> {
  const { statement, signers, threshold } = await signoff.freeze({ releaseDigest: digest, replayId });
  const sign = {
    releaseDigest: digest,
    statementDigest: statement?.digest ?? '',
    passphrase: SAMPLE_PASSPHRASE,
  };
  const approval = {
    ...sign,
    decision: 'approve' as const,
    reason: 'Better feeds, no more harm.',
    conditions: '',
    waivers: (statement?.toWaive ?? []).map(({ gate }) => ({
      gate,
      reason: 'The sample is a log of 2022 and shows what the version does all the same.',
    })),
  };
  story.tell(
    `6. Froze the evidence of ${GOOD} into the statement ${sign.statementDigest.slice(0, 16)}…; ${threshold} approvals are needed.`,
  );
  const foreign = signers.find(
    ({ organisation, roles }) => organisation === 'global' && roles.includes('approver'),
  );
  if (foreign !== undefined) {
    const why = await refusal(() => signoff.sign({ ...approval, keyId: foreign.keyId }));
    story.tell(`   ${foreign.person} of the global team tried to approve; Stateside refused: ${why}`);
  }
  const approvers = signers.filter(({ keyHere, notCountedBecause }) => keyHere && notCountedBecause === null);
  for (const { keyId, person } of approvers.slice(0, threshold)) {
    const { approvals, verdict } = await signoff.sign({ ...approval, keyId });
    story.tell(`   ${person} approved: ${approvals} of ${threshold}, the release is ${verdict}.`);
  }
}

/** Verifies as an outsider would: the record and the roster, nothing of the workspace. */
async function verify(story: Story, json: string): Promise<void> {
  const file = join(sampleFolder, 'people', 'roster.json');
  const rosters = [{ name: file, text: await readFile(file, 'utf8') }];
  const good = verifyRecord({ record: json, rosters });
  if (!good.ok) throw new StatesideError('failed_check', 'the record of the demo does not verify.');
  story.tell(`8. Verified the record with the roster alone: ${good.steps.length} steps, all good.`);
  const payload = /("payload": ?")([^"]+)/;
  const tampered = json.replace(payload, (_, key: string, text: string) => {
    const changed = Buffer.from(text, 'base64').toString().replace(GOOD, BAD);
    return key + Buffer.from(changed).toString('base64');
  });
  const forged = verifyRecord({ record: tampered, rosters });
  if (forged.ok) throw new StatesideError('failed_check', 'a tampered copy of the record verifies.');
  const first = forged.steps.find(({ ok }) => !ok);
  story.tell(
    `   A copy that names ${BAD} instead is refused at “${first?.title ?? ''}”: ${first?.detail ?? ''}`,
  );
}

async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof StatesideError && error.code === 'refused') return error.message;
    throw error;
  }
  throw new StatesideError('failed_check', 'what had to be refused was done.');
}

async function newFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw refused(`${folder} is not empty; choose a new folder for the demo.`);
  return folder;
}

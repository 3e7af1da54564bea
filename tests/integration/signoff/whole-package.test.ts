import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../../electron/services/signoff/package/verify-package.ts';
import { ReleaseRecord } from '../../../electron/services/signoff/record.ts';
import { isTensorFile } from '../../../shared/domain/release/files.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { CampaignReport } from '../../../shared/domain/review/report.ts';
import type { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { forge, leaveOut, trust } from './packed.ts';
import { runReadme } from './run-readme.ts';
import {
  campaignOn,
  changesBetween,
  openWhole,
  packWhole,
  resigned,
  statementIn,
  type Whole,
} from './whole.ts';
import { NOW } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-whole-'));
let whole: Whole;
let files: PackageFiles;
let statement: ReleaseStatement;
beforeAll(async () => {
  whole = await openWhole();
  files = await packWhole(whole);
  statement = statementIn(files);
});
afterAll(() => {
  whole.world.close();
  rmSync(folder, { recursive: true });
});

const stepsOf = (packed: PackageFiles) => verifyPackage({ files: packed, pdf: null }, trust).steps;
const firstFailure = (packed: PackageFiles) => stepsOf(packed).find(({ ok }) => !ok);

const signers = (): string[] =>
  ReleaseRecord.parse(JSON.parse(files.get('record.json') ?? '')).signatures.map(({ keyid }) => keyid);

/** Another text in the place of one: another key, another payload, or a byte more. */
function other(text: string): string {
  if (text.startsWith('-----BEGIN')) return files.get(`keys/${signers()[1] ?? ''}.pem`) ?? '';
  return /"payload":\s*"eyJ/.test(text) ? text.replace('eyJ', 'eyK') : `${text} `;
}

/** Each kind of thing named by digest: where it lies, and the step that answers for it. */
function named(): Record<string, readonly [path: string, title: string]> {
  const { replays, gateRules, changes, review, roster } = statement.predicate;
  const { policies } = JSON.parse(files.get(`evidence/${review.campaign ?? ''}.json`) ?? '{}');
  return {
    'the replay report': [`evidence/${replays[0]?.reportDigest ?? ''}.json`, 'Evidence'],
    'the gates': [`evidence/${gateRules.digest}.json`, 'Gate rules'],
    'the changes': [`evidence/${changes?.digest ?? ''}.json`, 'Changes'],
    'the review campaign': [`evidence/${review.campaign ?? ''}.json`, 'Review campaign'],
    'the review policies': [`evidence/${String(policies)}.json`, 'Review policies'],
    'the review report': [`evidence/${review.reportDigest ?? ''}.json`, 'Review report'],
    'the ranking policy': ['release/policy.yaml', 'Release papers'],
    'the model signature': ['release/model.sig', 'Release papers'],
    'the roster': [`roster/${roster.version}.json`, 'Packed roster'],
    'a decision': ['signoffs/dana.whitfield.json', 'Packed decisions'],
    'a key': [`keys/${signers()[0] ?? ''}.pem`, 'Packed keys'],
    'the verdict': ['vsa.json', 'Verification summary'],
  };
}
const KINDS = [
  ...['the replay report', 'the gates', 'the changes', 'the review campaign', 'the review policies'],
  ...['the review report', 'the ranking policy', 'the model signature', 'the roster', 'a decision', 'a key'],
  'the verdict',
];
const of = (kind: string): readonly [string, string] => named()[kind] ?? ['', ''];

/** Every SHA-256 that stands anywhere in a value. */
function digestsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(digestsIn) : [];
}

describe('a package of a record', () => {
  it('carries all that its statement names by digest, but for releases, model, weights and snapshots', () => {
    const packed = new Set(
      [...files].map(([path, text]) =>
        sha256Hex(path.startsWith('roster/') ? Buffer.from(JSON.parse(text).payload, 'base64') : text),
      ),
    );
    const { subject, predicate } = statement;
    const large = new Set([
      ...[predicate.release.digest, predicate.replays[0]?.baseline.digest, predicate.changes?.parent.digest],
      ...predicate.snapshots.map(({ digest }) => digest),
      ...subject.filter(({ name }) => isTensorFile(name)).map(({ digest }) => digest.sha256),
    ]);
    const digests = digestsIn(statement);
    expect(digests.length).toBeGreaterThan(15);
    expect(digests.filter((digest) => !packed.has(digest) && !large.has(digest))).toEqual([]);
    expect([...files.keys()]).toEqual(expect.arrayContaining(KINDS.map((kind) => of(kind)[0])));
  });

  it('verifies, with a step for each and one that says what is not in it', () => {
    const steps = stepsOf(files);
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.map(({ title }) => title)).toEqual(
      expect.arrayContaining([...KINDS.map((kind) => of(kind)[1]), 'Model signature']),
    );
    expect(steps.find(({ title }) => title === 'Not in the package')).toMatchObject({
      checked: 'model.onnx, september',
      detail: 'they are too large to be packed; everything else that the statement names by digest is here',
    });
  });

  it.each(KINDS)('is refused without %s, though its list of files fits', (kind) => {
    const [path, title] = of(kind);
    expect(firstFailure(leaveOut(files, [path]))?.title).toBe(title);
  });

  it.each(KINDS)('is refused with %s changed', (kind) => {
    const [path, title] = of(kind);
    expect(firstFailure(forge(files, path, other))?.title).toBe(title);
  });

  it('is refused with documents of another release in the place of its own', () => {
    const elsewhere = sha256Hex('another release');
    const { baseline } = statement.predicate.replays[0] ?? {};
    if (baseline === undefined) throw new Error('no replay');
    const [changes] = of('the changes');
    const swapped = canonicalJson(changesBetween(baseline, { ...baseline, digest: elsewhere }));
    expect(firstFailure(forge(files, changes, () => swapped))).toMatchObject({
      title: 'Changes',
      detail: `${changes} is another document than is named`,
    });
    const [report] = of('the review report');
    expect(
      firstFailure(
        forge(files, report, (text) => text.replaceAll(statement.predicate.release.digest, elsewhere)),
      )?.title,
    ).toBe('Review report');
  });

  it('is not made where a document that the statement names is missing', async () => {
    const { world, signoff } = whole;
    const { json } = await signoff.record({ releaseDigest: world.release });
    const pack = () => collectPackage(world.workspace, world.log, json, NOW);
    const paper = join(workspacePaths(world.workspace.folder).releases, world.release, 'model.sig');
    const kept = files.get('release/model.sig') ?? '';
    writeFileSync(paper, `${kept} `);
    expect(pack).toThrow('the release’s model.sig, which the record names');
    writeFileSync(paper, kept);
    world.workspace.db.pragma('foreign_keys = OFF');
    world.workspace.db.exec(
      `CREATE TEMP TABLE kept AS SELECT * FROM release_changes; DELETE FROM release_changes`,
    );
    expect(pack).toThrow('the document of changes');
    world.workspace.db.exec('INSERT INTO release_changes SELECT * FROM kept');
    expect(new Set(pack().keys())).toEqual(new Set(files.keys()));
  });

  it('holds the review as it stood when the evidence was frozen, whatever was decided since', async () => {
    const { world, signoff } = whole;
    const { db } = world.workspace;
    db.exec('DROP TRIGGER review_decision_no_delete');
    db.exec('DELETE FROM review_decision');
    const { json } = await signoff.record({ releaseDigest: world.release });
    const [path] = of('the review report');
    expect(collectPackage(world.workspace, world.log, json, NOW).get(path)).toBe(files.get(path));
  });
});

/** What approvers might be made to sign: documents that are there and are about something else than the statement says. */
function misled(): [string, string, PackageFiles][] {
  const elsewhere = sha256Hex('another release');
  const { changes, review } = statement.predicate;
  if (changes === undefined) throw new Error('no changes');
  const predicateWith = (change: Partial<ReleaseStatement['predicate']>) => (said: ReleaseStatement) => ({
    ...said,
    predicate: { ...said.predicate, ...change },
  });
  const document = canonicalJson(changesBetween(changes.parent, { ...changes.parent, digest: elsewhere }));
  const campaign = canonicalJson(campaignOn(elsewhere, sha256Hex('policies')));
  const coverage = { requests: 2, reviewed: 2, reviewers: 2 };
  return [
    [
      'Changes',
      'it is about other releases than the statement',
      resigned(files, predicateWith({ changes: { ...changes, digest: sha256Hex(document) } }), [document]),
    ],
    [
      'Review campaign',
      'it reviewed another release',
      resigned(files, predicateWith({ review: { ...review, campaign: sha256Hex(campaign) } }), [campaign]),
    ],
    [
      'Review report',
      'the statement says something else of the review than the report',
      resigned(files, predicateWith({ review: { ...review, coverage } })),
    ],
    [
      'Review report',
      'the statement says something else of the review than the report',
      resigned(files, predicateWith({ review: { ...review, dissent: [] } })),
    ],
  ];
}

it('documents that fit their digests and are about something else than the statement says are told apart', () => {
  for (const [title, detail, packed] of misled())
    expect(firstFailure(packed)).toMatchObject({ title, detail });
});

it('a record whose report counts each policy alone, as reports of version 2 did, holds still', () => {
  const [path] = of('the review report');
  const { harmed, ...report } = CampaignReport.parse(JSON.parse(files.get(path) ?? ''));
  expect(harmed).toEqual({ items: 0, feeds: 0 });
  const before = canonicalJson({
    ...{ ...report, version: 2, harms: [{ policy: 'spam', items: 1, feeds: [0] }] },
  });
  const packed = (document: string) =>
    resigned(
      files,
      (said) => ({
        ...said,
        predicate: {
          ...said.predicate,
          review: { ...said.predicate.review, reportDigest: sha256Hex(document) },
        },
      }),
      [document],
    );
  const step = (document: string) =>
    verifyPackage({ files: packed(document), pdf: null }, trust).steps.find(
      ({ title }) => title === 'Review report',
    );
  expect(step(before)).toMatchObject({ ok: true });
  const unknown = step(before.replace('"version":2', '"version":1'));
  expect(unknown).toMatchObject({ ok: false, detail: 'it is no review report' });
});

describe('the commands of the README', () => {
  it('hold for all that is named, and for the files that are too large to be packed where they are at hand', async () => {
    const { world } = whole;
    const release = join(folder, 'release');
    cpSync(join(workspacePaths(world.workspace.folder).releases, world.release), release, {
      recursive: true,
    });
    const snapshot = join(folder, 'snapshot');
    writeFileSync(snapshot, 'snapshot');
    const { status, stdout, stderr } = await runReadme(folder, files, 'all', { release, snapshot });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`the files in ${release} are those that were approved`);
    expect(stdout).toContain(`${snapshot} is the snapshot of the evidence`);
    expect(stdout.trimEnd().endsWith('Everything holds.')).toBe(true);

    writeFileSync(snapshot, 'another snapshot');
    expect((await runReadme(folder, files, 'other-snapshot', { snapshot })).status).not.toBe(0);
    writeFileSync(join(release, 'model.onnx'), 'another model');
    const remodelled = await runReadme(folder, files, 'other-model', { release });
    expect([remodelled.status === 0, remodelled.stdout + remodelled.stderr]).toEqual([
      false,
      expect.stringContaining('model.onnx: FAILED'),
    ]);
  }, 120_000);

  it('fail without or with another of each document', async () => {
    const documents = KINDS.filter((kind) => /^(evidence|release)\//.test(of(kind)[0]));
    expect(documents).toHaveLength(8);
    const ran = documents.flatMap((kind, at) => {
      const [path] = of(kind);
      return [
        runReadme(folder, leaveOut(files, [path]), `without-${at}`),
        runReadme(
          folder,
          forge(files, path, (text) => `${text} `),
          `changed-${at}`,
        ),
      ];
    });
    for (const { status, stdout } of await Promise.all(ran)) {
      expect(status).not.toBe(0);
      expect(stdout).toContain('2 approvals count');
      expect(stdout).not.toContain('replay of');
    }
  }, 300_000);

  it('fail where a document is about something else than the statement says', async () => {
    const ran = misled().map(([, , packed], at) => runReadme(folder, packed, `misled-${at}`));
    for (const { status, stdout } of await Promise.all(ran)) {
      expect(status).not.toBe(0);
      expect(stdout).toContain('2 approvals count');
      expect(stdout).not.toContain('the log grew');
    }
  }, 300_000);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../../electron/services/signoff/package/verify-package.ts';
import { writeRecord } from '../../../electron/services/signoff/record.ts';
import { newestStatement } from '../../../electron/services/signoff/tables.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { forge, leaveOut, trust } from './packed.ts';
import { runReadme } from './run-readme.ts';
import { openWhole, resigned, signedByBoth, type Whole } from './whole.ts';
import { NOW } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-early-'));
let whole: Whole;
/** Of a record from before statements said what their packages carry, and as such packages were: without documents. */
let early: PackageFiles;
/** The same record packed now. */
let packedNow: PackageFiles;

beforeAll(async () => {
  whole = await openWhole();
  const { world, signoff, replayId } = whole;
  const releaseDigest = world.release;
  await signoff.freeze({ releaseDigest, replayId });
  const frozen = newestStatement(world.workspace.db, releaseDigest);
  const { packageVersion, ...predicate } = ReleaseStatement.parse(
    JSON.parse(frozen?.payload ?? ''),
  ).predicate;
  expect(packageVersion).toBe(2);
  const statement = { ...ReleaseStatement.parse(JSON.parse(frozen?.payload ?? '')), predicate };
  await signoff.collect({ json: writeRecord(signedByBoth(statement)) });
  const { json } = await signoff.record({ releaseDigest });
  packedNow = collectPackage(world.workspace, world.log, json, NOW);
  const { changes, review } = predicate;
  const carried = [changes?.digest, review.campaign, review.reportDigest].map(
    (digest) => `evidence/${digest ?? ''}.json`,
  );
  const papers = [...packedNow.keys()].filter((path) => path.startsWith('release/'));
  const policies = [...packedNow].find(([, text]) => text.includes('stateside-policy-library'))?.[0] ?? '';
  early = leaveOut(packedNow, [...carried, ...papers, policies]);
});
afterAll(() => {
  whole.world.close();
  rmSync(folder, { recursive: true });
});

const verified = (files: PackageFiles) => verifyPackage({ files, pdf: null }, trust);

describe('a package of before statements said what their packages carry', () => {
  it('verifies as it did, with a step that says what is not in it', () => {
    expect(packedNow.size - early.size).toBe(10);
    const { ok, steps } = verified(early);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.find(({ title }) => title === 'Not in the package')?.detail).toBe(
      'they are too large to be packed; and this record was frozen before packages carried everything, so it also lacks its document of changes, review campaign, review report, release papers',
    );
  });

  it('is held against its documents all the same, where it has them', () => {
    expect(verified(packedNow).ok).toBe(true);
    const path = [...packedNow].find(([, text]) => text.includes('stateside-release-changes'))?.[0] ?? '';
    const changed = verified(forge(packedNow, path, (text) => `${text} `));
    expect(changed.steps.find(({ ok }) => !ok)?.title).toBe('Changes');
  });

  it('needs its replay reports and gates, as it always did', () => {
    for (const [word, title] of [
      ['stateside-replay-report', 'Evidence'],
      ['"revision":', 'Gate rules'],
    ] as const) {
      const path =
        [...early].find(([name, text]) => name.startsWith('evidence/') && text.includes(word))?.[0] ?? '';
      const without = verified(leaveOut(early, [path]));
      expect(without.steps.find(({ ok }) => !ok)?.title).toBe(title);
    }
  });

  it('holds by the commands, which name what is not here', async () => {
    const { status, stdout, stderr } = await runReadme(folder, early, 'early');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      'release/policy.yaml is not here: the record is from before packages carried it',
    );
    expect(stdout.trimEnd().endsWith('Everything holds.')).toBe(true);
  }, 60_000);

  it('is no way to leave a document out now: the form stands in what the approvers signed', async () => {
    const asNow = resigned(early, (statement) => ({
      ...statement,
      predicate: { ...statement.predicate, packageVersion: 2 },
    }));
    expect(verified(asNow).steps.find(({ ok }) => !ok)).toMatchObject({
      title: 'Changes',
      detail: expect.stringContaining('is not in the package'),
    });
    expect((await runReadme(folder, asNow, 'as-now')).status).not.toBe(0);
  }, 60_000);
});

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';

const main = join(import.meta.dirname, '../../../electron/cli/main.ts');

function stateside(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('stateside gates', () => {
  async function founded() {
    const folder = testFolder();
    const [workspace, eased] = [join(folder, 'team'), join(folder, 'eased.yaml')];
    (await foundWorkspace(workspace, { name: 'Team', sample: false, gatesFile })).close();
    writeFileSync(eased, readFileSync(gatesFile, 'utf8').replace('threshold: -0.005', 'threshold: -0.02'));
    return { folder, workspace, eased };
  }

  test('change puts other gates in force and says which differ; versions tells who and why', async () => {
    const { workspace, eased } = await founded();
    const { code, out } = stateside('gates', 'change', workspace, '--from', eased, '--reason', 'Eased.');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^revision 2 \([0-9a-f]{12}…\) is in force\.\nranking_quality:\n {2}− .*−0\.005; required\n {2}\+ .*−0\.02; required\n$/,
    );
    const told = stateside('--json', 'gates', 'versions', workspace);
    expect(JSON.parse(told.out)).toMatchObject({
      revision: 2,
      noted: true,
      versions: [
        { revision: 2, reason: 'Eased.' },
        { revision: 1, reason: null },
      ],
    });
  });

  test('versions names the shipped gates that a workspace never had, until it had them', async () => {
    const { folder, workspace } = await founded();
    const whole = readFileSync(gatesFile, 'utf8');
    const [older, own] = [join(folder, 'older.yaml'), join(folder, 'own')];
    expect(stateside('gates', 'versions', workspace).out).not.toContain('never had');
    writeFileSync(older, whole.slice(0, whole.indexOf('\n  - name: feeds_reviewed')));
    (await foundWorkspace(own, { name: 'Own', sample: false, gatesFile: older })).close();
    expect(stateside('gates', 'versions', own).out).toMatch(
      /never had here: feeds_reviewed, reviewers_agree,/,
    );
    expect(stateside('gates', 'change', own, '--from', gatesFile, '--reason', 'Review.').code).toBe(0);
    expect(stateside('gates', 'change', own, '--from', older, '--reason', 'Without.').code).toBe(0);
    expect(JSON.parse(stateside('--json', 'gates', 'versions', own).out)).toMatchObject({ neverHad: [] });
  });

  test('refuses with one sentence that says what to do', async () => {
    const { folder, workspace } = await founded();
    const same = stateside('gates', 'change', workspace, '--from', gatesFile, '--reason', 'Again.');
    expect(same).toMatchObject({
      code: 2,
      err: expect.stringMatching(/are the ones in force; change a rule/),
    });
    const none = stateside('gates', join(folder, 'report.json'));
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/give --rules FILE/) });
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { newServices } from '../../fixtures/replay/services.ts';

const eased = (text: string): string => text.replace('threshold: -0.005', 'threshold: -0.02');

async function opened() {
  const { services, workspace } = await newServices();
  const { gates } = workspacePaths(workspace.folder);
  return { ...services, workspace, file: gates, before: await services.gates.inForce() };
}

describe('the gates of a workspace', () => {
  test('are those it was founded with, until somebody changes them', async () => {
    const { before, file } = await opened();
    expect(before).toMatchObject({ revision: 1, noted: false, versions: [] });
    expect(before.text).toBe(readFileSync(file, 'utf8'));
  });

  test('change with who and why, under the next revision, in the file, the versions and the log', async () => {
    const { gates, audit, before, file } = await opened();
    const reason = 'A tolerance of half a point stopped safer versions.';
    const after = await gates.change({ text: eased(before.text), reason, replaces: before.digest });
    expect(after.revision).toBe(2);
    expect(after.digest).not.toBe(before.digest);
    const now = await gates.inForce();
    expect(now).toMatchObject({ ...after, noted: true });
    expect(readFileSync(file, 'utf8')).toBe(eased(before.text).replace('revision: 1', 'revision: 2'));
    expect(now.versions).toMatchObject([
      { revision: 2, digest: after.digest, reason, actor: expect.any(String) },
      { revision: 1, digest: before.digest, reason: null, actor: null, text: before.text },
    ]);
    const [entry] = (await audit.entries({ offset: 0, limit: 1, search: '' })).rows;
    expect(entry).toMatchObject({ action: 'gates.change', subject: 'gates revision 2' });
    expect(entry?.body).toContain(reason);
  });

  test('that were changed by hand are judged by, said to be noted by nobody, and kept when they are replaced', async () => {
    const { gates, file, before } = await opened();
    const first = await gates.change({ text: eased(before.text), reason: 'Eased.', replaces: before.digest });
    const byHand = readFileSync(file, 'utf8').replace('max: 90', 'max: 400');
    writeFileSync(file, byHand);
    const found = await gates.inForce();
    expect(found).toMatchObject({ revision: 2, noted: false });
    expect(found.digest).not.toBe(first.digest);
    const text = byHand.replace('max: 400', 'max: 30');
    await gates.change({ text, reason: 'Back to a month.', replaces: found.digest });
    expect((await gates.inForce()).versions.map(({ revision, reason }) => [revision, reason])).toEqual([
      [3, 'Back to a month.'],
      [2, null],
      [2, 'Eased.'],
      [1, null],
    ]);
  });
});

describe('a change of the gates is refused', () => {
  test.each([
    ['without a reason', { reason: '  ' }, 'bad_input', /needs a reason/],
    ['that changes no rule', { text: undefined }, 'bad_input', /are the ones in force/],
    ['of others than are in force', { replaces: 'ab'.repeat(32) }, 'conflict', /changed meanwhile/],
    [
      'to what is no set of gates',
      { text: 'version: 1\ngates: []\n' },
      'bad_input',
      /gates\.yaml: line 2: gates/,
    ],
  ])('%s', async (_, part, code, message) => {
    const { gates, before, file } = await opened();
    const change = { text: eased(before.text), reason: 'Eased.', replaces: before.digest, ...part };
    const input = { ...change, text: change.text ?? `# only a comment\n${before.text}` };
    await expect(gates.change(input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(readFileSync(file, 'utf8')).toBe(before.text);
    expect((await gates.inForce()).versions).toEqual([]);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { BUNDLE, openWorld, PASSPHRASE, PEOPLE, reportOf } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);
const key = (person: string): string => join(PEOPLE, 'keys', `${person}.pem`);
const roster = join(PEOPLE, 'roster.json');

let [out, err] = ['', ''];
beforeEach(() => {
  [out, err] = ['', ''];
  vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command line; answers its exit code. */
const run = (...args: string[]): Promise<number> => {
  [out, err] = ['', ''];
  return runCli(args);
};

describe('stateside key new', () => {
  it('writes a key for its owner only, and prints keyid and public key', async () => {
    expect(await run('--json', 'key', 'new', '--out', path('ada.pem'), '--name', 'Ada')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      name: 'Ada',
      keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
      publicKey: path('ada.pub.pem'),
    });
    expect(statSync(path('ada.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path('ada.pub.pem'), 'utf8')).toContain('BEGIN PUBLIC KEY');
  });

  it('does not overwrite a key, nor take a short passphrase', async () => {
    writeFileSync(path('taken.pem'), 'mine');
    expect(await run('key', 'new', '--out', path('taken.pem'), '--name', 'Ada')).toBe(2);
    expect(err).toContain('taken.pem exists already and is not overwritten');
    expect(readFileSync(path('taken.pem'), 'utf8')).toBe('mine');
    vi.stubEnv('STATESIDE_PASSPHRASE', 'short');
    expect(await run('key', 'new', '--out', path('short.pem'), '--name', 'Ada')).toBe(2);
    expect(err).toContain('shorter than 12 characters');
    expect(readdirSync(folder)).not.toContain('short.pem');
  });
});

describe('stateside roster', () => {
  const roots = ['--key', key('ines.calloway'), key('theo.marchetti')];

  it('check shows digest and keys, and fails for another pin', async () => {
    expect(await run('--json', 'roster', 'check', roster)).toBe(0);
    const { version, digest, keys } = JSON.parse(out);
    expect([version, keys.length]).toEqual([1, 11]);
    expect(await run('roster', 'check', roster, '--pin', digest)).toBe(0);
    expect(await run('roster', 'check', roster, '--pin', 'a'.repeat(64))).toBe(1);
    expect(err).toContain('not the pinned');
    expect(await run('roster', 'check', roster, '--pin', digest.toUpperCase())).toBe(0);
    expect(await run('roster', 'check', roster, '--pin', digest.slice(1))).toBe(2);
    expect(err).toMatch(/--pin.*64 hex characters\.\n$/);
  });

  it('says of a moment that is none where it stands and how one is written', async () => {
    expect(await run('record', 'verify', roster, '--roster', roster, '--at', 'noon')).toBe(2);
    expect(err).toMatch(/^stateside: [^\n]*--at[^\n]*a time in UTC such as[^\n]*\n$/);
    const envelope = JSON.parse(readFileSync(roster, 'utf8'));
    const payload = Buffer.from(envelope.payload, 'base64').toString();
    const draft = payload.replace(/"issuedAt":"[^"]*"/, '"issuedAt":"2026-01-01T00:00:00+01:00"');
    writeFileSync(
      path('zone.json'),
      JSON.stringify({ ...envelope, payload: Buffer.from(draft).toString('base64') }),
    );
    expect(await run('roster', 'check', path('zone.json'))).toBe(2);
    expect(err).toContain('issuedAt must be a time in UTC such as 2025-01-31T12:00:00Z; correct it.');
  });

  it('check fails with exit 1 for an altered signature and 2 for what is no roster', async () => {
    writeFileSync(path('altered.json'), readFileSync(roster, 'utf8').replace('"sig": "V', '"sig": "W'));
    expect(await run('roster', 'check', path('altered.json'))).toBe(1);
    writeFileSync(path('none.json'), '{}');
    expect(await run('roster', 'check', path('none.json'))).toBe(2);
    expect(err).toMatch(/none\.json is no DSSE envelope/);
    expect(await run('roster', 'check', path('absent.json'))).toBe(2);
  });

  it('new signs a draft with enough roots, and only then', async () => {
    const draft = Buffer.from(JSON.parse(readFileSync(roster, 'utf8')).payload, 'base64').toString();
    writeFileSync(path('draft.json'), draft);
    expect(
      await run(
        'roster',
        'new',
        '--from',
        path('draft.json'),
        '--key',
        key('ines.calloway'),
        '--out',
        path('one.json'),
      ),
    ).toBe(1);
    expect(err).toContain('signed by 1 of its own roots and needs 2');
    expect(
      await run('roster', 'new', '--from', path('draft.json'), ...roots, '--out', path('one.json')),
    ).toBe(0);
    expect(JSON.parse(readFileSync(path('one.json'), 'utf8')).payload).toBe(
      JSON.parse(readFileSync(roster, 'utf8')).payload,
    );
  });

  it('add and revoke sign the next versions', async () => {
    await run('key', 'new', '--out', path('nora.pem'), '--name', 'Nora');
    const keys = [
      {
        publicKey: readFileSync(path('nora.pub.pem'), 'utf8'),
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2028-01-01T00:00:00Z',
      },
    ];
    writeFileSync(
      path('nora.json'),
      JSON.stringify({ id: 'nora', name: 'Nora', organisation: 'us', roles: ['approver'], keys }),
    );
    expect(
      await run(
        '--json',
        'roster',
        'add',
        roster,
        '--person',
        path('nora.json'),
        ...roots,
        '--out',
        path('two.json'),
      ),
    ).toBe(0);
    const { keyId } = JSON.parse(out).keys.at(-1);
    const revoke = [
      'roster',
      'revoke',
      roster,
      path('two.json'),
      '--reason',
      'left',
      ...roots,
      '--out',
      path('three.json'),
    ];
    expect(await run('--json', ...revoke, '--key-id', 'f'.repeat(64))).toBe(2);
    expect(await run('--json', ...revoke, '--key-id', keyId)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 3,
      keys: expect.arrayContaining([expect.objectContaining({ keyId, revoked: expect.any(String) })]),
    });
    expect(await run('roster', 'check', roster, path('two.json'), path('three.json'))).toBe(0);
  });
});

describe('stateside signoff and record, on loose files', () => {
  const record = path('record.json');
  const report = path('report.json');
  const sign = (person: string, decision: string, file = record) =>
    run(
      '--json',
      'signoff',
      BUNDLE,
      '--report',
      report,
      '--key',
      key(person),
      '--roster',
      roster,
      '--decision',
      decision,
      '--reason',
      'I looked.',
      '--out',
      file,
    );

  it('freezes at the first signature, counts the second, and an outsider verifies the record', async () => {
    const bundle = await openBundle(BUNDLE);
    writeFileSync(report, JSON.stringify(reportOf(bundle)));
    expect(await sign('dana.whitfield', 'approve')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'open', approvals: 1, needed: 2 });
    expect(await run('record', 'verify', record, '--roster', roster)).toBe(1);
    expect(err).toContain('fails at “Approvals”');
    expect(await sign('dana.whitfield', 'approve')).toBe(2);
    expect(err).toContain('Dana Whitfield decided already');
    expect(await sign('joel.abernathy', 'approve')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'approved', approvals: 2 });
    expect(
      await run('--json', 'record', 'verify', record, '--roster', roster, '--vsa', path('vsa.json')),
    ).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    expect(JSON.parse(readFileSync(path('vsa.json'), 'utf8')).predicate.verificationResult).toBe('PASSED');
  });

  it.each([
    ['wei.larsen', 'global organisation'],
    ['mara.quinones', 'is not an approver'],
    ['sam.okafor', 'is not an approver'],
  ])('refuses %s and leaves no file', async (person, because) => {
    expect(await sign(person, 'approve', path('none-such.json'))).toBe(2);
    expect(err).toContain(because);
    expect(readdirSync(folder)).not.toContain('none-such.json');
  });

  it('refuses a wrong passphrase, and a report about another bundle', async () => {
    vi.stubEnv('STATESIDE_PASSPHRASE', 'not the passphrase');
    expect(await sign('priya.raman', 'approve')).toBe(2);
    expect(err).toContain('the passphrase does not open');
    vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
    const other = readFileSync(report, 'utf8');
    const bundle = await openBundle(BUNDLE);
    writeFileSync(report, other.replaceAll(bundle.digest, 'a'.repeat(64)));
    expect(await sign('priya.raman', 'approve', path('other.json'))).toBe(2);
    expect(err).toContain('the replay report is about');
    writeFileSync(report, other.replace('"requests":50', '"requests":51'));
    expect(await sign('priya.raman', 'approve')).toBe(2);
    expect(err).toContain('about another bundle or report');
    writeFileSync(report, other);
  });

  it('approves nothing when a required gate fails, keeps a refusal, and lets nobody approve after it', async () => {
    const good = readFileSync(report, 'utf8');
    const refusal = path('refused.json');
    writeFileSync(report, good.replace('"difference":0.01', '"difference":-0.2'));
    expect(await sign('dana.whitfield', 'approve', refusal)).toBe(2);
    expect(err).toContain('“Ranking quality does not fall” (fail)');
    expect(await sign('dana.whitfield', 'refuse', refusal)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refused' });
    expect(await sign('joel.abernathy', 'approve', refusal)).toBe(2);
    expect(err).toContain('Dana Whitfield refused the release already');
    writeFileSync(report, good);
  });

  it('does not add a signature to a record that was altered', async () => {
    const text = JSON.parse(readFileSync(record, 'utf8'));
    text.signoffs[0].signatures[0].sig = text.signoffs[1].signatures[0].sig;
    writeFileSync(path('altered-record.json'), JSON.stringify(text));
    expect(await sign('priya.raman', 'approve', path('altered-record.json'))).toBe(1);
    expect(err).toContain('was altered after it was signed');
    expect(await run('record', 'verify', path('altered-record.json'), '--roster', roster)).toBe(1);
  });

  it('says what is missing on the command line', async () => {
    expect(await run('signoff', BUNDLE, '--report', report)).toBe(2);
    expect(err).toContain("required option '--key <file>'");
    expect(
      await run(
        'signoff',
        BUNDLE,
        '--report',
        path('absent.json'),
        '--key',
        key('dana.whitfield'),
        '--roster',
        roster,
        '--decision',
        'maybe',
        '--reason',
        'x',
        '--out',
        record,
      ),
    ).toBe(2);
  });
});

describe('stateside record export and log verify', () => {
  it('work on a workspace', async () => {
    const world = await openWorld();
    try {
      const folderOf = world.workspace.folder;
      expect(await run('--json', 'log', 'verify', folderOf)).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ ok: true });
      expect(
        await run(
          'record',
          'export',
          '--workspace',
          folderOf,
          '--release',
          world.release,
          '--out',
          path('exported.json'),
        ),
      ).toBe(2);
      expect(err).toContain('no decision yet');
      world.workspace.db.exec(
        "DROP TRIGGER log_entry_no_update; UPDATE log_entry SET actor = 'eve' WHERE seq = 0",
      );
      expect(await run('log', 'verify', folderOf)).toBe(1);
      expect(err).toContain('entry 0 is shown with other words than were hashed');
    } finally {
      world.close();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { cast, evidence, frozen, passing, record } from './cast.ts';
import { altered, chain, digest, firstFailure, payload, verify } from './recorded.ts';

const resigned = (
  change: (files: { path: string; sha256: string }[]) => { path: string; sha256: string }[],
) =>
  record(frozen(chain, { files: change([...evidence().files]) }).payload, [
    { who: cast.ada },
    { who: cast.ben },
  ]);
const withGates = (...gates: (typeof passing)[]) =>
  record(frozen(chain, { gates }).payload, [{ who: cast.ada }, { who: cast.ben }]);

describe('the statement of a release record', () => {
  it('is about the files it lists: one more, one less or another breaks it though approvers signed', () => {
    expect(firstFailure(resigned((files) => files.slice(1)))?.title).toBe('Release');
    expect(firstFailure(resigned((files) => [...files, { path: 'x', sha256: sha256Hex('x') }]))?.title).toBe(
      'Release',
    );
    expect(
      firstFailure(resigned((files) => files.map((file) => ({ ...file, sha256: sha256Hex('y') }))))?.title,
    ).toBe('Release');
    expect(verify(resigned((files) => [...files, { path: 'model.sig', sha256: sha256Hex('sig') }])).ok).toBe(
      true,
    );
  });

  it('needs every required gate to pass, and one at least', () => {
    expect(firstFailure(withGates({ ...passing, verdict: 'fail' }))).toMatchObject({
      title: 'Gates',
      detail: `${passing.title}: fail`,
    });
    expect(firstFailure(withGates(passing, { ...passing, name: 'b', verdict: 'no evidence' }))?.title).toBe(
      'Gates',
    );
    expect(firstFailure(withGates({ ...passing, required: false }))?.title).toBe('Gates');
    const unsure = { ...passing, name: 'b', required: false, verdict: 'no evidence' as const };
    expect(verify(withGates(passing, unsure)).ok).toBe(true);
  });

  it('for another jurisdiction is none, though the right people signed it', () => {
    const elsewhere = altered((text) => text.replace('"jurisdiction":"US"', '"jurisdiction":"EU"'), true);
    expect(firstFailure(elsewhere)?.title).toBe('Statement');
  });

  it('of another team is none', () => {
    expect(
      firstFailure(
        altered(
          (text) =>
            text.replace(
              '"intendedUse":"Ranks the feed of US users.","name":"foryou","submittedBy":"mia","team":"us"',
              '"intendedUse":"Ranks the feed of US users.","name":"foryou","submittedBy":"mia","team":"global"',
            ),
          true,
        ),
      )?.title,
    ).toBe('Statement');
    expect(() => frozen(chain, { manifest: { ...evidence().manifest, team: 'global' } })).toThrow(
      'release of the global team',
    );
  });
});

describe('evidence is frozen', () => {
  it('into the same bytes each time, whose digest names it', () => {
    expect(frozen(chain)).toEqual({ payload, digest });
    expect(canonicalJson(JSON.parse(payload))).toBe(payload);
    expect(digest).toBe(sha256Hex(payload));
  });

  it('only for a submitter on the roster and a replay of this release', () => {
    expect(() => frozen(chain, { manifest: { ...evidence().manifest, submitted_by: 'x' } })).toThrow(
      'who is not on the roster',
    );
    expect(() => frozen(chain, { bundleDigest: sha256Hex('other') })).toThrow(
      'is about foryou 1.1.0, not about',
    );
  });
});

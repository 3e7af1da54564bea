import { describe, expect, it } from 'vitest';
import { preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';
import { verificationSummary } from '../../../shared/domain/statements/verification-summary.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('the pre-authentication encoding', () => {
  it('is that of the DSSE v1 protocol example', () => {
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(text(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('counts bytes, not characters', () => {
    expect(text(preAuthenticationEncoding('t', Buffer.from('é')))).toBe('DSSEv1 1 t 2 é');
  });

  it('keeps a type and a payload apart that would run together', () => {
    const one = preAuthenticationEncoding('a', Buffer.from('b c'));
    const other = preAuthenticationEncoding('a 3 b', Buffer.from('c'));
    expect(text(one)).not.toBe(text(other));
  });

  it('refuses a type outside ASCII', () => {
    expect(() => preAuthenticationEncoding('é', new Uint8Array())).toThrow('outside ASCII');
  });
});

const summary = (passed: boolean) =>
  verificationSummary({
    subject: [{ name: 'm', digest: { sha256: 'a'.repeat(64) } }],
    timeVerified: '2026-06-01T00:00:00Z',
    releaseDigest: 'a'.repeat(64),
    rosterDigest: 'b'.repeat(64),
    statementDigest: 'c'.repeat(64),
    passed,
  });

describe('the verification summary', () => {
  it('has every member SLSA requires', () => {
    const { _type, predicateType, predicate } = summary(true);
    expect({ _type, predicateType }).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/verification_summary/v1',
    });
    expect(Object.keys(predicate)).toEqual(
      expect.arrayContaining([
        'verifier',
        'timeVerified',
        'resourceUri',
        'policy',
        'verificationResult',
        'verifiedLevels',
      ]),
    );
    expect(predicate.verificationResult).toBe('PASSED');
  });

  it('claims no level, neither SLSA’s nor ours, for what failed', () => {
    expect(summary(false).predicate.verifiedLevels).toEqual(['FAILED']);
    expect(summary(true).predicate.verifiedLevels.join()).not.toMatch(/^SLSA_/);
  });
});

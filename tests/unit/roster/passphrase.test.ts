import { describe, expect, it } from 'vitest';
import { passphraseStrength } from '../../../shared/domain/roster/passphrase.ts';

const bits = (text: string): number => passphraseStrength(text).bits;

describe('the strength of a passphrase', () => {
  it('sees through length that is only repetition, a row of keys or one known word', () => {
    expect(passphraseStrength('aaaaaaaaaaaaaaaa').verdict).toBe('weak');
    expect(passphraseStrength('abcdefghijklmnop').verdict).toBe('weak');
    expect(passphraseStrength('1234567890123456').verdict).toBe('weak');
    expect(passphraseStrength('passwordpassword').verdict).toBe('weak');
    expect(passphraseStrength('stateside sample').verdict).toBe('weak');
    expect(passphraseStrength('short').verdict).toBe('too short');
  });

  it('calls six unrelated words strong, and the same word six times weak', () => {
    expect(passphraseStrength('cable orchid venom plaza tundra mosaic').verdict).toBe('strong');
    expect(passphraseStrength('cable cable cable cable cable cable').verdict).not.toBe('strong');
  });

  it('calls a random text of 16 characters strong', () => {
    expect(passphraseStrength('q7$Zr2!Lk9@Wx4&B').verdict).toBe('strong');
  });

  it('never sinks when a word is added', () => {
    const words = ['cable', 'orchid', 'venom', 'plaza', 'tundra', 'mosaic'];
    const grown = words.map((_, at) => bits(words.slice(0, at + 1).join(' ')));
    expect(grown.toSorted((a, b) => a - b)).toEqual(grown);
  });
});

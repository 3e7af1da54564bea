import { PasswordInput } from '@mantine/core';
import { passphraseStrength } from '../../../shared/domain/roster/passphrase.ts';
import { Mark, type Shape, type Tone } from '../../components/Mark.tsx';
import css from './Roster.module.css';

export interface Typed {
  readonly first: string;
  readonly again: string;
}

export const NOTHING_TYPED: Typed = { first: '', again: '' };

/** The passphrase when it was typed the same twice and is long enough; else null. */
export const agreedPassphrase = ({ first, again }: Typed): string | null =>
  first === again && passphraseStrength(first).verdict !== 'too short' ? first : null;

const LOOKS: Record<
  ReturnType<typeof passphraseStrength>['verdict'],
  { tone: Tone; shape: Shape; word: string }
> = {
  'too short': { tone: 'fail', shape: 'cross', word: 'Too short' },
  weak: { tone: 'fail', shape: 'down', word: 'Weak' },
  fair: { tone: 'unknown', shape: 'half', word: 'Fair' },
  good: { tone: 'pass', shape: 'tick', word: 'Good' },
  strong: { tone: 'pass', shape: 'tick', word: 'Strong' },
};

/** A passphrase typed twice, with how hard it is to guess. */
export function NewPassphrase({ typed, onChange }: { typed: Typed; onChange: (typed: Typed) => void }) {
  const { verdict, bits, advice } = passphraseStrength(typed.first);
  const { tone, shape, word } = LOOKS[verdict];
  return (
    <>
      <PasswordInput
        label="New passphrase"
        size="sm"
        autoComplete="off"
        value={typed.first}
        onChange={(event) => onChange({ ...typed, first: event.currentTarget.value })}
      />
      <PasswordInput
        label="The same again"
        size="sm"
        autoComplete="off"
        error={typed.again !== '' && typed.again !== typed.first ? 'Not the same' : undefined}
        value={typed.again}
        onChange={(event) => onChange({ ...typed, again: event.currentTarget.value })}
      />
      <p className={css['strength']} role="status">
        {typed.first !== '' && (
          <>
            <Mark tone={tone} shape={shape}>
              {word}
            </Mark>
            <span className="quiet">
              about {bits} bits. {advice}
            </span>
          </>
        )}
      </p>
    </>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Section } from '../../components/Section.tsx';
import css from './Log.module.css';
import { useRedact, useTexts } from './queries.ts';

/** Free texts beside an entry, which a court may order out; the entry and every proof stay. */
export function EntryTexts({ seq, onRedacted }: { seq: number; onRedacted: () => void }) {
  const { data: texts = [] } = useTexts(seq);
  const [chosen, setChosen] = useState<string | null>(null);
  if (texts.length === 0) return null;
  return (
    <Section title="Free texts" note="Kept beside the log, so that one can go while every proof holds">
      <ul className={css['texts']}>
        {texts.map(({ name, redacted }) => (
          <li key={name}>
            <div className={css['text']}>
              <strong>{name}</strong>
              {redacted ? (
                <Mark tone="plain" shape="dash">
                  Redacted
                </Mark>
              ) : (
                chosen !== name && (
                  <Button variant="default" onClick={() => setChosen(name)}>
                    Redact “{name}”…
                  </Button>
                )
              )}
            </div>
            {chosen === name && !redacted && (
              <Redaction seq={seq} name={name} onCancel={() => setChosen(null)} onRedacted={onRedacted} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Redaction({
  seq,
  name,
  onCancel,
  onRedacted,
}: {
  seq: number;
  name: string;
  onCancel: () => void;
  onRedacted: () => void;
}) {
  const [because, setBecause] = useState('');
  const redact = useRedact();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    redact.mutate({ seq, name, because }, { onSuccess: onRedacted });
  };
  return (
    <form onSubmit={submit}>
      <p>
        The text goes for good, from this workspace. Its digest stays, and a new entry says who took it out
        and why.
      </p>
      <div className={css['row']}>
        <TextInput
          label="Legal reason"
          placeholder="For example the court and number of its order"
          w={360}
          data-autofocus
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
        />
        <Button type="submit" color="red" h={36} disabled={because.trim() === ''} loading={redact.isPending}>
          Redact the text for good
        </Button>
        <Button variant="default" h={36} onClick={onCancel}>
          Keep it
        </Button>
      </div>
      {redact.error !== null && <ErrorState error={redact.error} />}
    </form>
  );
}

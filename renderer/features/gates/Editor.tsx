import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { GatesInForce } from '../../../shared/contract/gates.ts';
import { lineChanges } from '../../../shared/domain/release/line-changes.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LineChanges } from '../../components/LineChanges.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Section } from '../../components/Section.tsx';
import { Differences } from './Differences.tsx';
import css from './Gates.module.css';
import { parsed } from './parsed.ts';
import { useChange } from './queries.ts';

/** The text of the gates, checked while it is typed, with what the change comes to in words and in lines. */
export function Editor({
  inForce,
  draft,
  onClose,
}: {
  inForce: GatesInForce;
  /** The text to begin with. */
  draft: string;
  onClose: () => void;
}) {
  const [text, setText] = useState(draft);
  const [reason, setReason] = useState('');
  const change = useChange();
  const read = parsed(text);
  const before = parsed(inForce.text);
  const lines = lineChanges(inForce.text, text);
  const next = Math.max(inForce.revision, ...inForce.versions.map(({ revision }) => revision)) + 1;
  const ready = 'rules' in read && lines.length > 0 && reason.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate({ text, reason, replaces: inForce.digest }, { onSuccess: onClose });
  };
  return (
    <Section title="Change the gates" note="gates.yaml of this workspace">
      <form className={css['editor']} onSubmit={submit} aria-label="Change the gates">
        <div>
          <Textarea
            aria-label="gates.yaml"
            classNames={{ input: css['text'] ?? '' }}
            spellCheck={false}
            rows={24}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <p className={css['state']} role="status">
            {'fault' in read ? (
              <Mark tone="fail" shape="cross">
                {read.fault}
              </Mark>
            ) : lines.length === 0 ? (
              <span className="quiet">As in force. The revision is counted up by itself.</span>
            ) : (
              <Mark tone="pass" shape="tick">
                {read.rules.gates.length} gates, all in order
              </Mark>
            )}
          </p>
        </div>
        <div className={css['change']}>
          <h3>What this changes</h3>
          {'rules' in read && 'rules' in before ? (
            <Differences before={before.rules} after={read.rules} />
          ) : (
            <p className="quiet">Shown again once the text is in order.</p>
          )}
          {lines.length > 0 && <LineChanges label="Lines that differ" changes={lines} />}
          <TextInput
            label="Why"
            description="It enters the log, for whoever reads these gates later"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {change.error !== null && <ErrorState error={change.error} />}
          <div className={css['buttons']}>
            <Button type="submit" loading={change.isPending} disabled={!ready}>
              Put revision {next} in force
            </Button>
            <Button variant="default" onClick={onClose}>
              Leave them as they are
            </Button>
          </div>
        </div>
      </form>
    </Section>
  );
}

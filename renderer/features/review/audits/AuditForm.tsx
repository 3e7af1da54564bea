import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { AuditOutcome } from '../../../../shared/domain/review/lead-audit.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import css from './Audits.module.css';
import { OUTCOMES } from './outcomes.ts';
import { useAudit } from './queries.ts';

/** What a lead finds of a decision. Anything but upheld is said in words. */
export function AuditForm({ decision, onDone }: { decision: string; onDone: () => void }) {
  const audit = useAudit();
  const [outcome, setOutcome] = useState<AuditOutcome | null>(null);
  const [note, setNote] = useState('');
  const wordless = outcome !== 'upheld' && note.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcome !== null && !wordless) audit.mutate({ decision, outcome, note }, { onSuccess: onDone });
  };
  return (
    <form className={css['audit']} onSubmit={submit} aria-label="Audit">
      <Radio.Group
        label="The lead finds"
        value={outcome}
        onChange={(chosen) => setOutcome(AuditOutcome.parse(chosen))}
      >
        <Stack gap={6} pt={4}>
          {AuditOutcome.options.map((value) => (
            <Radio key={value} value={value} label={`${value}: ${OUTCOMES[value].says}`} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={outcome === 'upheld' ? 'Note' : 'Why'}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={css['draw']}>
        <Button type="submit" disabled={outcome === null || wordless} loading={audit.isPending}>
          Sign the audit and go on
        </Button>
        {outcome !== null && wordless && <span className="quiet">Say why, in a sentence.</span>}
      </div>
      {audit.error !== null && <ErrorState error={audit.error} />}
    </form>
  );
}

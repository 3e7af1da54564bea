import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { useLibrary } from '../queries.ts';
import css from './History.module.css';
import { useReverse } from './queries.ts';
import { RulingFields } from './RulingFields.tsx';
import { rulingWords } from './words.ts';

/** A new decision in the place of an old one: written first, then confirmed. */
export function Reverse({
  row,
  onDone,
  onCancel,
}: {
  row: HistoryRow;
  onDone: () => void;
  onCancel: () => void;
}) {
  const library = useLibrary(row.seen.policies);
  const reverse = useReverse();
  const [ruling, setRuling] = useState<Ruling>({ ...row.ruling, note: '' });
  const [asked, setAsked] = useState(false);
  const same = JSON.stringify({ ...ruling, note: '' }) === JSON.stringify({ ...row.ruling, note: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked) reverse.mutate({ decision: row.id, ruling }, { onSuccess: onDone });
    else setAsked(true);
  };
  return (
    <form className={css['reverse']} onSubmit={submit} aria-label="Reverse the decision">
      {asked ? (
        <p>
          “{rulingWords(row.ruling)}” becomes “{rulingWords(ruling)}”. The old decision stays in the history
          and names the new one; a step back is another decision.
        </p>
      ) : (
        <Loaded query={library}>
          {(library) => <RulingFields ruling={ruling} library={library} onChange={setRuling} />}
        </Loaded>
      )}
      <div className={css['actions']}>
        <Button
          type="submit"
          loading={reverse.isPending}
          disabled={
            same || ruling.note.trim() === '' || (ruling.kind === 'item' && ruling.actions.length === 0)
          }
        >
          {asked ? 'Reverse the decision' : 'Go on'}
        </Button>
        <Button variant="default" onClick={asked ? () => setAsked(false) : onCancel}>
          {asked ? 'Back' : 'Leave it as it is'}
        </Button>
        {!asked && same && <span className="quiet">Decide something else than before, and say why.</span>}
      </div>
      {reverse.error !== null && <ErrorState error={reverse.error} />}
    </form>
  );
}

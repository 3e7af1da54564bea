import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { BulkInput } from '../../../../shared/contract/review/bulk.ts';
import type { ItemRuling } from '../../../../shared/domain/review/decision.ts';
import type { DecisionFilter } from '../../../../shared/domain/review/filter.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { plural } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { ItemFields } from '../history/RulingFields.tsx';
import { useLibrary } from '../queries.ts';
import css from './Bulk.module.css';
import { Preview } from './Preview.tsx';
import { useApply, usePreview } from './queries.ts';

const NOTHING: ItemRuling = {
  ...{ kind: 'item', itemId: 'every item', actions: [], policy: null, reason: null },
  ...{ severity: null, note: '', revealed: false },
};

/** What every decision found or chosen becomes, why, and what that would do before it is done. */
export function BulkForm({
  filter,
  chosen,
  policies,
  onDone,
}: {
  filter: DecisionFilter;
  /** Ids of decisions, where they were chosen one by one. */
  chosen: readonly string[] | null;
  policies: string;
  onDone: () => void;
}) {
  const library = useLibrary(policies);
  const apply = useApply();
  const [ruling, setRuling] = useState(NOTHING);
  const [title, setTitle] = useState('');
  const [except, setExcept] = useState<readonly string[]>([]);
  const { actions, policy, reason, severity, note } = ruling;
  const becomes = { actions, policy, reason, severity, note };
  const left = chosen?.filter((id) => !except.includes(id));
  const input: BulkInput =
    left === undefined
      ? { filter, except: [...except], ruling: becomes }
      : { decisions: left, ruling: becomes };
  const decided = actions.length > 0;
  const preview = usePreview(input, decided && left?.length !== 0);
  const found = decided ? preview.data : undefined;
  const ready =
    found !== undefined &&
    !preview.isPlaceholderData &&
    found.decisions > 0 &&
    found.refused.length === 0 &&
    title.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    apply.mutate(
      { change: input, digest: found.digest, title: title.trim() },
      {
        onSuccess: () => {
          setRuling(NOTHING);
          setTitle('');
          setExcept([]);
          onDone();
        },
      },
    );
  };
  return (
    <>
      <Section title="What they become">
        <form className={css['form']} onSubmit={submit} aria-label="Bulk change">
          <Loaded query={library}>
            {(library) => <ItemFields ruling={ruling} library={library} onChange={setRuling} />}
          </Loaded>
          <Textarea
            label="Note"
            description="stands in every new decision"
            autosize
            minRows={2}
            maxLength={4000}
            value={note}
            onChange={(event) => setRuling({ ...ruling, note: event.currentTarget.value })}
          />
          <TextInput
            label="Reason of the batch"
            description="stands in the log, with every decision it changes"
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <div className={css['line']}>
            <Button type="submit" disabled={!ready} loading={apply.isPending}>
              {found === undefined || found.decisions === 0
                ? 'Change decisions'
                : `Change ${plural(found.decisions, 'decision')}`}
            </Button>
            <span className="quiet">
              {!decided
                ? 'Say first what they become.'
                : title.trim() === ''
                  ? 'Give the batch its reason.'
                  : 'Every decision changed keeps its old one, and the batch can be taken back.'}
            </span>
          </div>
          <div role="status">
            {apply.data !== undefined && !decided && (
              <Mark tone="pass" shape="tick">
                {plural(apply.data.decisions, 'decision')} changed: {apply.data.title}
              </Mark>
            )}
          </div>
          {apply.error !== null && <ErrorState error={apply.error} />}
        </form>
      </Section>
      {decided && left?.length === 0 && (
        <p className={css['line']}>
          <span>Every decision chosen is left out.</span>
          <Button variant="default" onClick={() => setExcept([])}>
            Put them back in
          </Button>
        </p>
      )}
      {decided && left?.length !== 0 && (
        <Section title="What would change" note="nothing is changed yet">
          <Loaded query={preview}>
            {(preview) => <Preview preview={preview} ruling={ruling} except={except} onExcept={setExcept} />}
          </Loaded>
        </Section>
      )}
    </>
  );
}

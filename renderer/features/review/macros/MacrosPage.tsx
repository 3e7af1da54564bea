import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import { RulingMark } from '../history/RulingMark.tsx';
import { usePolicyTitles } from '../policies/queries.ts';
import { useLibraries, useMacros, useReadAgain, useReviewer } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { Unlock } from '../Unlock.tsx';
import { MacroForm } from './MacroForm.tsx';
import css from './Macros.module.css';

const nothing = (): Macro => ({
  ...{ id: crypto.randomUUID(), name: '', key: null, shared: false },
  ruling: { actions: [], policy: null, reason: null, severity: null, note: '' },
});

/** Decisions kept under a name and a key: made, changed, shared with the team, removed. */
export function MacrosPage() {
  const { data: reviewer } = useReviewer();
  const macros = useMacros();
  const libraries = useLibraries();
  const titles = usePolicyTitles();
  const [open, setOpen] = useState<{ macro: Macro; isNew: boolean } | null>(null);
  const remove = useMutation({
    mutationFn: (was: Macro) => value(bridge.review.removeMacro({ was })),
    onError: useReadAgain('macros'),
  });
  const locked = reviewer === null || reviewer === undefined;
  const policies = libraries.data?.[0]?.digest;
  const add = (
    <Button
      disabled={locked || policies === undefined}
      onClick={() => setOpen({ macro: nothing(), isNew: true })}
    >
      Keep a decision…
    </Button>
  );
  return (
    <Page title="Kept decisions" lead="What is decided often, given at the desk with one key" actions={add}>
      <ReviewTabs />
      {reviewer === null && (
        <Section title="Whose" note="the team’s are here for everybody">
          <Unlock reviewer={null} />
        </Section>
      )}
      <Loaded query={macros}>
        {(macros) =>
          macros.length === 0 ? (
            <EmptyState title="No decision is kept yet">
              Keep one here, or at the desk right after it was given.
            </EmptyState>
          ) : (
            <Table
              label="Kept decisions"
              middle
              rows={macros}
              rowKey={({ id }) => id}
              columns={[
                { name: 'Name', render: ({ name }) => name },
                {
                  name: 'Key',
                  width: '72px',
                  render: ({ key }) => (key === null ? '–' : <KeyHint keys={[key]} />),
                },
                {
                  name: 'Decides',
                  render: ({ ruling }) => (
                    <RulingMark ruling={{ kind: 'item', itemId: '', revealed: false, ...ruling }} />
                  ),
                },
                {
                  name: 'Policy and reason',
                  render: ({ ruling: { policy, reason } }) =>
                    policy === null ? '–' : [titles.get(policy) ?? policy, reason].filter(Boolean).join(', '),
                },
                {
                  name: 'Note',
                  render: ({ ruling: { note } }) => (
                    <span className={css['note']} title={note}>
                      {note === '' ? '–' : note}
                    </span>
                  ),
                },
                { name: 'Whose', width: '88px', render: ({ shared }) => (shared ? 'the team’s' : 'yours') },
                {
                  name: 'Change',
                  width: '176px',
                  right: true,
                  render: (macro) =>
                    locked ? (
                      '–'
                    ) : (
                      <span className={css['buttons']}>
                        <Button
                          size="compact-xs"
                          variant="default"
                          aria-label={`Change “${macro.name}”`}
                          onClick={() => setOpen({ macro, isNew: false })}
                        >
                          Change…
                        </Button>
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          color="gray"
                          aria-label={`Remove “${macro.name}”`}
                          onClick={() => remove.mutate(macro)}
                        >
                          Remove
                        </Button>
                      </span>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {remove.error !== null && <ErrorState error={remove.error} />}
      <Modal opened={open !== null} onClose={() => setOpen(null)} title="Kept decision" size="lg">
        {open !== null && policies !== undefined && (
          <MacroForm
            key={open.macro.id}
            macro={open.macro}
            isNew={open.isNew}
            others={macros.data?.filter(({ id }) => id !== open.macro.id) ?? []}
            policies={policies}
            onDone={() => setOpen(null)}
          />
        )}
      </Modal>
    </Page>
  );
}

import { Button, Modal, NumberInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { DecisionFacts } from '../history/DecisionFacts.tsx';
import { RulingMark } from '../history/RulingMark.tsx';
import { usePolicyTitles } from '../policies/queries.ts';
import css from './Audits.module.css';
import { AuditForm } from './AuditForm.tsx';
import { useDraw } from './queries.ts';

/** Decisions drawn by chance, one after the other: what was decided and seen, and what the lead finds of it. */
export function Sample({ campaign }: { campaign: string }) {
  const draw = useDraw();
  const titles = usePolicyTitles();
  const [count, setCount] = useState(20);
  const [seed, setSeed] = useState(1);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [openId, setOpen] = useState<string | null>(null);
  const rows = (draw.data ?? []).filter(({ id }) => !done.has(id));
  const open = rows.find(({ id }) => id === openId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draw.mutate({ campaign, count, seed }, { onSuccess: () => setDone(new Set()) });
  };
  const audited = (row: HistoryRow) => {
    const next = rows[rows.indexOf(row) + 1] ?? rows.find(({ id }) => id !== row.id);
    setDone(new Set([...done, row.id]));
    setOpen(next?.id ?? null);
  };
  const whole = (set: (value: number) => void) => (value: number | string) =>
    set(typeof value === 'number' ? value : 1);
  return (
    <>
      <form className={css['draw']} onSubmit={submit} aria-label="Draw decisions to audit">
        <NumberInput label="Decisions" w={104} min={1} max={200} value={count} onChange={whole(setCount)} />
        <NumberInput
          label="Seed"
          w={104}
          min={0}
          value={seed}
          onChange={whole(setSeed)}
          title="The same seed draws the same decisions"
        />
        <Button type="submit" variant="default" loading={draw.isPending}>
          Draw a sample
        </Button>
        <span role="status" className="quiet">
          {draw.data === undefined
            ? ''
            : rows.length > 0
              ? `${plural(rows.length, 'decision')} of ${draw.data.length} left to audit`
              : draw.data.length === 0
                ? 'Every decision on an item was audited, or there is none yet.'
                : 'The sample is audited. Draw again for more.'}
        </span>
      </form>
      {draw.error !== null && <ErrorState error={draw.error} />}
      {rows.length > 0 && (
        <Table
          label="Decisions to audit"
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              name: 'Item',
              render: (row) => (
                <button type="button" className={css['open']} onClick={() => setOpen(row.id)}>
                  {row.caption !== null && row.caption !== '' ? row.caption : itemOf(row)}
                </button>
              ),
            },
            { name: 'Decided', render: ({ ruling }) => <RulingMark ruling={ruling} /> },
            {
              name: 'Policy',
              render: ({ ruling }) =>
                ruling.kind === 'item' && ruling.policy !== null
                  ? (titles.get(ruling.policy) ?? ruling.policy)
                  : '–',
            },
            { name: 'Reviewer', render: ({ person }) => person },
            { name: 'Feed', right: true, width: '56px', render: ({ feed }) => feed + 1 },
          ]}
        />
      )}
      <Modal opened={open !== undefined} onClose={() => setOpen(null)} title="Audit a decision" size="lg">
        {open !== undefined && (
          <>
            <DecisionFacts row={open} onDone={() => setOpen(null)} />
            <AuditForm key={open.id} decision={open.id} onDone={() => audited(open)} />
          </>
        )}
      </Modal>
    </>
  );
}

const itemOf = ({ ruling }: HistoryRow): string => (ruling.kind === 'item' ? `item ${ruling.itemId}` : '');

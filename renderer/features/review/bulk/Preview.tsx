import { Button, Checkbox } from '@mantine/core';
import type { BulkPreview } from '../../../../shared/contract/review/bulk.ts';
import type { ItemRuling } from '../../../../shared/domain/review/decision.ts';
import { Mark } from '../../../components/Mark.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { RulingMark } from '../history/RulingMark.tsx';
import { usePolicyTitles } from '../policies/queries.ts';
import css from './Bulk.module.css';

/** Every decision that would change, beside what it would be; single ones are left out here. */
export function Preview({
  preview: { decisions, unchanged, aside, refused, sample },
  ruling,
  except,
  onExcept,
}: {
  preview: BulkPreview;
  ruling: ItemRuling;
  except: readonly string[];
  onExcept: (except: readonly string[]) => void;
}) {
  const titles = usePolicyTitles();
  const nameOf = (policy: string | null) => (policy === null ? '' : (titles.get(policy) ?? policy));
  return (
    <>
      <p className={css['line']} role="status">
        <span>
          {decisions === 0
            ? 'No decision of yours would change.'
            : `${plural(decisions, 'decision')} would change.`}
        </span>
        {unchanged > 0 && <span className="quiet">{formatCount(unchanged)} say the same already.</span>}
        {aside > 0 && (
          <span className="quiet">
            {plural(aside, 'decision')} chosen cannot be changed any more, and{' '}
            {aside === 1 ? 'stays' : 'stay'}.
          </span>
        )}
        {except.length > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => onExcept([])}>
            Put {plural(except.length, 'decision')} left out back in
          </Button>
        )}
      </p>
      {refused.length > 0 && (
        <div role="alert">
          <Mark tone="fail" shape="cross">
            {plural(refused.length, 'decision')} cannot be so; while there is one, nothing is changed
          </Mark>
          <ul className={css['refused']}>
            {refused.slice(0, 50).map(({ decision, because }) => (
              <li key={decision}>{because}</li>
            ))}
          </ul>
        </div>
      )}
      {sample.length > 0 && (
        <Table
          label="Decisions that would change"
          middle
          rows={sample}
          rowKey={({ id }) => id}
          columns={[
            {
              name: 'Change it',
              width: '80px',
              render: ({ id, ruling: old }) => (
                <Checkbox
                  size="xs"
                  checked
                  aria-label={`Change the decision on item ${old.kind === 'item' ? old.itemId : ''}`}
                  onChange={() => onExcept([...except, id])}
                />
              ),
            },
            {
              name: 'Item',
              render: ({ ruling: old, caption, feed }) => (
                <span className={css['caption']} title={caption ?? undefined}>
                  {caption ?? (old.kind === 'item' ? `item ${old.itemId}` : '')}, feed {feed + 1}
                </span>
              ),
            },
            {
              name: 'Is now',
              render: ({ ruling: old }) => (
                <span className={css['becomes']}>
                  <RulingMark ruling={old} />
                  {old.kind === 'item' && nameOf(old.policy)}
                  {old.kind === 'item' && <Details of={old} />}
                </span>
              ),
            },
            {
              name: 'Would be',
              render: () => (
                <span className={css['becomes']}>
                  <RulingMark ruling={ruling} />
                  {nameOf(ruling.policy)}
                  <Details of={ruling} />
                </span>
              ),
            },
          ]}
        />
      )}
      {decisions > sample.length && (
        <p className="quiet">The first {formatCount(sample.length)} are shown.</p>
      )}
    </>
  );
}

/** What a decision says besides its actions and policy. */
function Details({
  of: { reason, severity, note },
}: {
  of: Pick<ItemRuling, 'reason' | 'severity' | 'note'>;
}) {
  const parts = [
    ...(reason === null ? [] : [reason]),
    ...(severity === null ? [] : [`severity ${severity}`]),
    note === '' ? 'no note' : `“${note}”`,
  ];
  return (
    <span className={css['details']} title={note}>
      {parts.join(', ')}
    </span>
  );
}

import type { FeedItem } from '../../../../shared/contract/replay.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';
import { formatWeight } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import css from './WhyHere.module.css';

/** What the person did when the item was really shown; nothing where it was not shown or nothing was seen. */
export function Observed({
  feedback,
  signals,
}: {
  feedback: FeedItem['feedback'];
  signals: ReadonlyMap<string, Signal>;
}) {
  const seen = feedback.flatMap(({ signal, value }) => (value === null ? [] : [{ signal, value }]));
  return (
    <section className={css['part']}>
      <div className={css['partHead']}>
        <h3>Feedback observed</h3>
      </div>
      {seen.length === 0 ? (
        <p className="quiet">None was observed for this item.</p>
      ) : (
        <div className={css['chips']}>
          {seen.map(({ signal, value }) => (
            <span
              key={signal}
              className={value > 0 && signals.get(signal)?.polarity === -1 ? css['harm'] : undefined}
              title={signals.get(signal)?.description}
            >
              {signal} <strong>{formatWeight(value, 6)}</strong>
            </span>
          ))}
        </div>
      )}
    </section>
  );
}

export function Labels({ labels }: { labels: FeedItem['labels'] }) {
  if (labels.length === 0) return null;
  return (
    <section className={css['part']}>
      <div className={css['partHead']}>
        <h3>Labels</h3>
      </div>
      <Table
        label="Labels"
        rows={labels}
        rowKey={({ label, source }) => `${label} ${source}`}
        columns={[
          { name: 'Label', render: ({ label }) => <strong className={css['harm']}>{label}</strong> },
          { name: 'Source', render: ({ source }) => source },
          {
            name: 'Confidence',
            right: true,
            render: ({ confidence }) => (confidence === null ? '–' : formatWeight(confidence, 3)),
          },
        ]}
      />
    </section>
  );
}

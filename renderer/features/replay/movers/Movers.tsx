import { Link } from '@tanstack/react-router';
import type { MovedItem } from '../../../../shared/contract/replay.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount, formatSigned } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import { useMovedItems } from '../queries.ts';

const TITLE = 'Which items gained or lost most?';
const WIDTH = 160;

/** The items whose exposure changed most; each opens the feeds in which it moved furthest. */
export function Movers({ replayId, requests }: { replayId: string; requests: number }) {
  const items = useMovedItems(replayId);
  return (
    <Loaded query={items} skeleton={<Section title={TITLE}>{null}</Section>}>
      {(items) => <MovedItems replayId={replayId} requests={requests} items={items} />}
    </Loaded>
  );
}

function MovedItems({
  replayId,
  requests,
  items,
}: {
  replayId: string;
  requests: number;
  items: readonly MovedItem[];
}) {
  const most = Math.max(0, ...items.map((item) => Math.abs(changeOf(item))));
  const perThousand = (item: MovedItem) => (1000 * changeOf(item)) / Math.max(1, requests);
  return (
    <Figure
      title={TITLE}
      note="Exposure: 1/log2(1 + rank), summed over feeds"
      table={{
        columns: [
          ...['item', 'feeds baseline', 'feeds candidate', 'exposure baseline', 'exposure candidate'],
          ...['exposure change', 'request with the largest change'],
        ],
        rows: items.map((item) => [
          ...[item.itemId, item.feeds.baseline, item.feeds.candidate],
          ...[item.exposure.baseline, item.exposure.candidate, changeOf(item), item.requestId],
        ]),
      }}
    >
      {items.length === 0 ? (
        <p className="quiet">No item was shown more or less than before.</p>
      ) : (
        <Table
          label="Items whose exposure changed most"
          rows={items}
          rowKey={({ itemId }) => itemId}
          columns={[
            { name: 'Item', render: ({ itemId }) => <span className="mono">{itemId}</span> },
            {
              name: 'Feeds before',
              right: true,
              render: ({ feeds }) => formatCount(feeds.baseline),
            },
            { name: 'Feeds after', right: true, render: ({ feeds }) => formatCount(feeds.candidate) },
            {
              name: 'Less or more exposure',
              render: (item) => <ChangeBar change={changeOf(item)} most={most} />,
            },
            {
              name: 'Per 1,000 requests',
              right: true,
              render: (item) => <strong>{formatSigned(perThousand(item), 2)}</strong>,
            },
            {
              name: 'Where it moved furthest',
              render: ({ itemId, requestId }) => (
                <Link
                  to="/replay/$id/request/$requestId"
                  params={{ id: replayId, requestId }}
                  search={{ item: itemId }}
                  aria-label={`Open the feeds of request ${requestId} with item ${itemId} chosen`}
                >
                  request {requestId}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Figure>
  );
}

function ChangeBar({ change, most }: { change: number; most: number }) {
  const middle = WIDTH / 2;
  const length = most === 0 ? 0 : (Math.abs(change) / most) * (middle - 2);
  return (
    <svg width={WIDTH} height="16" aria-hidden="true" style={{ display: 'block' }}>
      <path d={`M${middle} 0v16`} stroke="var(--line-strong)" />
      <rect x={change < 0 ? middle - length : middle} y="4" width={length} height="8" fill="var(--ink-3)" />
    </svg>
  );
}

const changeOf = ({ exposure }: MovedItem): number => exposure.candidate - exposure.baseline;

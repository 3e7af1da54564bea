import type { NearRow, Neighbourhood } from '../../../../shared/contract/neighbours.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { formatCount, formatNumber } from '../../../components/number.ts';
import { Ranker, type Side } from '../../../components/Ranker.tsx';
import { Table } from '../../../components/Table.tsx';
import css from './Embeddings.module.css';
import { useNeighbours } from './queries.ts';

interface Named {
  readonly name: string;
  readonly version: string;
}

/** The rows nearest to one, now and in the release it is compared with. */
export function Near({
  release,
  table,
  row,
  against,
}: {
  release: Named & { readonly digest: string };
  table: string;
  row: number;
  against: string | null;
}) {
  const query = useNeighbours(release.digest, table, row, against);
  return (
    <section className={css['near']} aria-label="What lies near the row" tabIndex={0}>
      <Loaded query={query}>{(found) => <Found found={found} release={release} />}</Loaded>
    </section>
  );
}

function Found({ found, release }: { found: Neighbourhood; release: Named }) {
  const { row, key, nearest, former } = found;
  const compared = former?.missing === null;
  return (
    <>
      <h2>{key ?? `Row ${formatCount(row)}`}</h2>
      {key !== null && <p className="quiet">row {formatCount(row)}</p>}
      {former !== null && <Overlap former={former} count={nearest.length} />}
      {nearest.length === 0 ? (
        <EmptyState title="Nothing lies near">
          A row of zeros, or with NaN or infinity in it, has no direction, so it has no neighbours by cosine.
        </EmptyState>
      ) : (
        <div className={css['sides']}>
          <Nearest side="candidate" ranker={release} rows={nearest} compared={compared} />
          {compared && <Nearest side="baseline" ranker={former.release} rows={former.nearest} compared />}
        </div>
      )}
    </>
  );
}

function Overlap({
  former: { release, missing, overlap },
  count,
}: {
  former: NonNullable<Neighbourhood['former']>;
  count: number;
}) {
  if (missing !== null)
    return (
      <p className={css['overlap']}>
        Not comparable with {release.version}: {missing}
      </p>
    );
  if (overlap === null) return <p className={css['overlap']}>Neither version has neighbours to compare.</p>;
  return (
    <p className={css['overlap']}>
      <strong>
        {formatCount(Math.round(overlap * count))} of the {formatCount(count)} nearest
      </strong>{' '}
      are the same as in {release.version} (overlap {formatNumber(100 * overlap, 0)} %).
    </p>
  );
}

function Nearest({
  side,
  ranker,
  rows,
  compared,
}: {
  side: Side;
  ranker: Named;
  rows: readonly NearRow[];
  compared: boolean;
}) {
  const inOther = {
    name: side === 'candidate' ? 'Before' : 'Now',
    width: '104px',
    render: ({ inBoth }: NearRow) => <InOther inBoth={inBoth === true} side={side} />,
  };
  return (
    <div>
      <h3>
        <Ranker side={side} ranker={ranker} named />
      </h3>
      <Table
        label={`Nearest in ${ranker.version}`}
        rows={rows}
        rowKey={({ row }) => String(row)}
        columns={[
          {
            name: 'Row',
            render: ({ row, key }) => (
              <span className={css['key']} title={`Row ${formatCount(row)}`}>
                {key ?? `Row ${formatCount(row)}`}
              </span>
            ),
          },
          { name: 'Cosine', right: true, width: '80px', render: ({ cosine }) => formatNumber(cosine, 4) },
          ...(compared ? [inOther] : []),
        ]}
      />
    </div>
  );
}

function InOther({ inBoth, side }: { inBoth: boolean; side: Side }) {
  return inBoth ? (
    <Mark tone="plain" shape="tick">
      Near too
    </Mark>
  ) : (
    <Mark tone="unknown" shape="ring">
      {side === 'candidate' ? 'Not yet' : 'No more'}
    </Mark>
  );
}

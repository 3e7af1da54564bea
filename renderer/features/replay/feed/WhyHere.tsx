import type { AttributedMove, FeedComparison, FeedItem } from '../../../../shared/contract/replay.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { formatNumber } from '../../../components/number.ts';
import type { Side } from '../../../components/Ranker.tsx';
import { AgainstAnother } from './AgainstAnother.tsx';
import { Contributions } from './Contributions.tsx';
import { ItemStill } from './ItemStill.tsx';
import { itemTitle } from './item-text.ts';
import { Labels, Observed } from './Observed.tsx';
import { MovedBy } from './MovedBy.tsx';
import { placeText } from './moves.ts';
import { Nearest } from './Nearest.tsx';
import { nextOf } from './pair.ts';
import { ScoreSteps } from './ScoreSteps.tsx';
import css from './WhyHere.module.css';

/** Why an item stands where it stands, under the ranker of one side. */
export function WhyHere({
  comparison,
  move,
  details,
  signals,
  chosen,
  side,
  other,
  onSide,
  onOther,
}: {
  comparison: FeedComparison;
  /** What moved the chosen item; undefined where it is not known. */
  move: AttributedMove | undefined;
  details: ReadonlyMap<string, FeedItem>;
  signals: ReadonlyMap<string, Signal>;
  chosen: string | undefined;
  side: Side;
  /** The item that the chosen one is held against. */
  other: string | undefined;
  onOther: (itemId: string | undefined) => void;
  onSide: (side: Side) => void;
}) {
  if (chosen === undefined) {
    return (
      <EmptyState title="Why here">
        Choose a card to see what put it in its place: what each head of the model adds or takes, which rules
        multiply it, and how near it is to the next one.
      </EmptyState>
    );
  }
  const both = {
    baseline: comparison.baseline.items.find(({ itemId }) => itemId === chosen),
    candidate: comparison.candidate.items.find(({ itemId }) => itemId === chosen),
  };
  const item = both[side];
  const detail = details.get(chosen);
  return (
    <>
      <div className={css['top']}>
        <p className={css['label']}>Why here</p>
        <h2 className={css['title']}>{itemTitle(detail, chosen)}</h2>
        <div className={css['sides']}>
          {(['baseline', 'candidate'] as const).map((which) => (
            <button
              key={which}
              type="button"
              className={css['side']}
              data-side={which}
              aria-pressed={which === side}
              onClick={() => onSide(which)}
            >
              <span className={css['role']}>{which === 'baseline' ? 'Baseline' : 'Candidate'}</span>
              <strong>{placeText(both[which])}</strong>
              <span>
                {both[which] === undefined ? '' : `score ${formatNumber(both[which].finalScore, 4)}`}
              </span>
            </button>
          ))}
        </div>
      </div>
      {detail?.hasStill === true && (
        <ItemStill
          key={chosen}
          snapshot={comparison.snapshot.digest}
          itemId={chosen}
          title={itemTitle(detail, chosen)}
        />
      )}
      {item === undefined ? (
        <EmptyState title="Not a candidate here">This ranker was not given the item.</EmptyState>
      ) : (
        <>
          <div className={css['sentence']}>
            {item.removedBy === null ? (
              <Nearest pair={nextOf(item)} />
            ) : (
              <Mark tone="fail" shape="cross">
                Removed by the filter {item.removedBy}
              </Mark>
            )}
          </div>
          {move !== undefined && move.total !== 0 && (
            <p className={css['sentence']}>
              Moved <MovedBy move={move} />
            </p>
          )}
          {item.rank !== null && comparison[side].ranker.kind !== 'logged' && (
            <AgainstAnother
              feed={comparison[side]}
              idOrder={comparison.idOrder}
              item={item}
              details={details}
              other={other}
              onOther={onOther}
            />
          )}
          <Contributions baseline={both.baseline} candidate={both.candidate} side={side} />
          <ScoreSteps item={item} />
        </>
      )}
      {detail !== undefined && (
        <>
          <Observed feedback={detail.feedback} signals={signals} />
          <Labels labels={detail.labels} />
          <section className={css['part']}>
            <div className={css['partHead']}>
              <h3>The item</h3>
            </div>
            <Facts of={itemFacts(detail)} />
          </section>
        </>
      )}
    </>
  );
}

function itemFacts(item: FeedItem): [string, string][] {
  const facts: [string, string | null][] = [
    ['Id', item.itemId],
    ['Author', item.authorId],
    ['Category', item.category],
    ['Language', item.language],
    ['Logged place', item.loggedPosition === null ? null : String(item.loggedPosition)],
    ...Object.entries(item.attributes).map(([name, value]): [string, string | null] => [
      name,
      value === null ? null : String(value),
    ]),
  ];
  return facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
}

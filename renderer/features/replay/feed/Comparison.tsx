import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { FeedComparison } from '../../../../shared/contract/replay.ts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import { useKeyPress, usePageKeys, type PageKey } from '../../../app/keys.ts';
import { Ranker, type Side } from '../../../components/Ranker.tsx';
import { useSnapshots, type useFeedAttribution } from '../queries.ts';
import { Connectors } from './Connectors.tsx';
import css from './Feed.module.css';
import { FeedChange } from './FeedChange.tsx';
import { FeedList } from './FeedList.tsx';
import { movesOf, shown } from './moves.ts';
import { RestOfFeed } from './RestOfFeed.tsx';
import { WhyHere } from './WhyHere.tsx';

const KEYS: readonly PageKey[] = [
  { keys: ['j', 'k'], does: 'Next and previous card (also ↓ and ↑ in a feed)' },
  { keys: ['←', '→'], does: 'The same item under the baseline, under the candidate' },
  { keys: ['Tab'], does: 'From one feed to the other' },
  { keys: ['z'], does: 'Show or blur the still of the item' },
  { keys: ['n', 'p'], does: 'Next and previous request' },
  { keys: ['Esc'], does: 'Choose no card' },
];

const route = getRouteApi('/frame/replay/$id/request/$requestId');

export function Comparison({
  comparison,
  attribution,
  measures,
}: {
  comparison: FeedComparison;
  attribution: ReturnType<typeof useFeedAttribution>;
  measures: readonly Measure[];
}) {
  const { item: chosen, side, other } = route.useSearch();
  const navigate = route.useNavigate();
  const snapshots = useSnapshots();
  usePageKeys(KEYS);
  const moves = useMemo(() => movesOf(comparison), [comparison]);
  const items = useMemo(() => new Map(comparison.items.map((item) => [item.itemId, item])), [comparison]);
  const signals = useMemo(() => {
    const snapshot = snapshots.data?.find(({ digest }) => digest === comparison.snapshot.digest);
    return new Map(snapshot?.signals.map((signal) => [signal.name, signal]));
  }, [snapshots.data, comparison.snapshot.digest]);
  const choose = useCallback(
    (item: string | undefined, side: Side) =>
      void navigate({ search: (last) => ({ ...last, item, side }), replace: true }),
    [navigate],
  );
  const step = useCallback(
    (by: 1 | -1, side: Side) => {
      const feed = shown(comparison[side]);
      const at = feed.findIndex(({ itemId }) => itemId === chosen);
      const next = feed[at === -1 ? 0 : Math.min(feed.length - 1, Math.max(0, at + by))];
      if (next !== undefined) choose(next.itemId, side);
    },
    [comparison, chosen, choose],
  );
  useKeyPress(
    useCallback(
      (event) => {
        if (event.key === 'j') step(1, side);
        if (event.key === 'k') step(-1, side);
        if (event.key === 'ArrowLeft') choose(chosen, 'baseline');
        if (event.key === 'ArrowRight') choose(chosen, 'candidate');
        if (event.key === 'Escape') choose(undefined, side);
      },
      [step, choose, chosen, side],
    ),
  );
  useEffect(() => {
    if (chosen !== undefined)
      document.getElementById(`${side}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, side]);
  const list = (side: Side, active: boolean) => (
    <FeedList
      side={side}
      items={shown(comparison[side])}
      moves={moves}
      details={items}
      signals={signals}
      chosen={chosen}
      active={active}
      onChoose={(itemId) => choose(itemId, side)}
      onStep={(by) => step(by, side)}
    />
  );
  return (
    <div className={css['layout']}>
      <div className={css['feeds']}>
        <div className={css['columns']}>
          <div className={css['head']} data-side="baseline">
            <Ranker side="baseline" ranker={comparison.baseline.ranker} named />
          </div>
          <div className={css['head']} />
          <div className={css['head']} data-side="candidate">
            <Ranker side="candidate" ranker={comparison.candidate.ranker} named />
          </div>
          {list('baseline', side === 'baseline')}
          <Connectors moves={moves} chosen={chosen} />
          {list('candidate', side === 'candidate')}
        </div>
        <div className={css['rest']}>
          {(['baseline', 'candidate'] as const).map((which) => (
            <RestOfFeed
              key={which}
              feed={comparison[which]}
              details={items}
              chosen={which === side ? chosen : undefined}
              onChoose={(itemId) => choose(itemId, which)}
            />
          ))}
        </div>
      </div>
      <aside className={css['why']} aria-label="Why here" tabIndex={0}>
        <WhyHere
          move={attribution.data?.moves.find(({ itemId }) => itemId === chosen)}
          comparison={comparison}
          details={items}
          signals={signals}
          chosen={chosen}
          side={side}
          other={other}
          onOther={(other) => void navigate({ search: (last) => ({ ...last, other }), replace: true })}
          onSide={(side) => choose(chosen, side)}
        />
        {chosen === undefined && attribution.data !== undefined && (
          <FeedChange attribution={attribution.data} measures={measures} details={items} />
        )}
        {chosen === undefined && attribution.error !== null && (
          <p className="quiet">{attribution.error.message}</p>
        )}
      </aside>
    </div>
  );
}

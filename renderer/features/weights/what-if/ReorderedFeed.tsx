import { useMemo } from 'react';
import type { KeptFeed } from '../../../../shared/contract/weights.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { formatNumber, plural } from '../../../components/number.ts';
import css from './WhatIf.module.css';
import { prepare, reorder } from './reorder.ts';

/** The chosen request's feed as it would be, reordered here while weights move. */
export function ReorderedFeed({
  kept,
  own,
  policy,
}: {
  kept: KeptFeed;
  own: RankingPolicy;
  policy: RankingPolicy;
}) {
  const prepared = useMemo(() => prepare(kept, own), [kept, own]);
  const { shown, gone, milliseconds } = useMemo(() => reorder(prepared, policy), [prepared, policy]);
  const { candidates } = kept.request;
  const title = (index: number) =>
    candidates[index]?.item.caption || `Item ${candidates[index]?.item.itemId ?? ''}`;
  return (
    <>
      <ol className={css['feed']} aria-label="The feed as it would be">
        {shown.map(({ index, place, gain, score }) => (
          <li key={index} className={css['item']} data-moved={gain === 0 ? undefined : ''}>
            <span className={css['place']}>{place}</span>
            <span className="truncate" title={title(index)}>
              {title(index)}
              {(candidates[index]?.item.labels ?? []).map((label) => (
                <span key={label} className={css['label']}>
                  {label}
                </span>
              ))}
            </span>
            <span className={css['gain']}>{gainText(gain)}</span>
            <span className={css['score']}>{formatNumber(score, 3)}</span>
          </li>
        ))}
      </ol>
      {gone.length > 0 && <p className={css['gone']}>No longer shown: {gone.map(title).join(', ')}</p>}
      <p className={css['gone']}>
        {plural(candidates.length, 'candidate')} ranked in{' '}
        {milliseconds < 0.1 ? 'under 0.1' : formatNumber(milliseconds, 1)} ms
      </p>
    </>
  );
}

function gainText(gain: number | null): string {
  if (gain === null) return 'new';
  if (gain === 0) return '';
  return gain > 0 ? `▲ ${gain}` : `▼ ${-gain}`;
}

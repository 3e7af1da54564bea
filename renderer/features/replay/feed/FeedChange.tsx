import { Select } from '@mantine/core';
import { useState } from 'react';
import type { FeedAttribution, FeedItem } from '../../../../shared/contract/replay.ts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { attributionChoices, attributionTable } from '../attribution/waterfall.ts';
import { Waterfall } from '../attribution/Waterfall.tsx';
import { movedFurthest, movesTable } from './attributed-moves.ts';
import css from './FeedChange.module.css';
import { itemTitle } from './item-text.ts';
import { MovedBy } from './MovedBy.tsx';

const BAR = 132;

/** What changed one feed: a measure at a time as a waterfall of the rankers' parts, then what moved which item. */
export function FeedChange({
  attribution: { measures: changes, moves },
  measures,
  details,
}: {
  attribution: FeedAttribution;
  /** Those of the replay, which say what a measure is called and which way is better. */
  measures: readonly Measure[];
  details: ReadonlyMap<string, FeedItem>;
}) {
  const choices = attributionChoices(changes, measures);
  const [chosen, setChosen] = useState<string | null>(null);
  const { measure, change } = choices.find(({ measure }) => measure.id === chosen) ?? choices[0] ?? {};
  const furthest = movedFurthest(moves);
  return (
    <>
      {measure !== undefined && change !== undefined && (
        <Figure part title="What changed this feed" table={attributionTable(changes, measures)} chart>
          <Select
            size="xs"
            aria-label="Measure of which this feed’s change is taken apart"
            data={choices.map(({ measure: { id, title } }) => ({ value: id, label: title }))}
            value={measure.id}
            onChange={setChosen}
          />
          <Waterfall measure={measure} change={change} width={BAR} />
        </Figure>
      )}
      {furthest.length > 0 && (
        <Figure part title="What moved which item" table={movesTable(moves)}>
          <ul className={css['moves']}>
            {furthest.map((move) => (
              <li key={move.itemId}>
                <span className="truncate" title={move.itemId}>
                  {itemTitle(details.get(move.itemId), move.itemId)}
                </span>
                <MovedBy move={move} />
              </li>
            ))}
          </ul>
        </Figure>
      )}
    </>
  );
}

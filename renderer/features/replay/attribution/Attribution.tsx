import { Select } from '@mantine/core';
import { useState } from 'react';
import type { AttributedChange, Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { attributionChoices, attributionTable } from './waterfall.ts';
import { Waterfall } from './Waterfall.tsx';

/** How much of a change comes from each part of the ranker; one measure at a time, all of them in the export. */
export function Attribution({
  changes,
  measures,
}: {
  changes: readonly AttributedChange[];
  measures: readonly Measure[];
}) {
  const choices = attributionChoices(changes, measures);
  const [chosen, setChosen] = useState<string | null>(null);
  const { measure, change } = choices.find(({ measure }) => measure.id === chosen) ?? choices[0] ?? {};
  if (measure === undefined || change === undefined) return null;
  return (
    <Figure
      title="What brings the change?"
      note={
        <Select
          size="xs"
          w={320}
          aria-label="Measure of which the change is taken apart"
          data={choices.map(({ measure: { id, title } }) => ({ value: id, label: title }))}
          value={measure.id}
          onChange={setChosen}
        />
      }
      table={attributionTable(changes, measures)}
      chart
    >
      <Waterfall measure={measure} change={change} />
    </Figure>
  );
}

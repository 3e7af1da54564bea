import { Select } from '@mantine/core';
import { useState } from 'react';
import type { AttributedChange, Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { byAlarm } from '../alarm.ts';
import { attributionTable } from './waterfall.ts';
import { Waterfall } from './Waterfall.tsx';

/** How much of a change comes from each part of the ranker; one measure at a time, all of them in the export. */
export function Attribution({
  changes,
  measures,
}: {
  changes: readonly AttributedChange[];
  measures: readonly Measure[];
}) {
  const attributed = new Map(changes.map((change) => [change.id, change]));
  const choices = byAlarm(measures.filter(({ id }) => attributed.has(id)));
  const [chosen, setChosen] = useState<string | null>(null);
  const measure = choices.find(({ id }) => id === chosen) ?? choices[0];
  const change = measure && attributed.get(measure.id);
  if (measure === undefined || change === undefined) return null;
  return (
    <Figure
      title="What brings the change?"
      note={
        <Select
          size="xs"
          w={320}
          aria-label="Measure of which the change is taken apart"
          data={choices.map(({ id, title }) => ({ value: id, label: title }))}
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

import { Checkbox } from '@mantine/core';
import { formatCount } from '../number.ts';
import type { Choosing, RowChoice } from './choice.ts';
import css from './DataTable.module.css';

/** The box by which a row is chosen; the table itself answers the click and the keys. */
export function ChooseRow({
  index,
  chosen,
  barred,
}: {
  index: number;
  chosen: boolean;
  barred: string | null;
}) {
  return (
    <div role="gridcell" className={css['choose']} data-choose="" title={barred ?? undefined}>
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={`Choose row ${formatCount(index + 1)}`}
        checked={chosen}
        disabled={barred !== null}
        readOnly
      />
    </div>
  );
}

/** The box by which all rows that can be chosen are, or none. */
export function ChooseAll<Row>({
  nouns,
  choice: { chosen },
  choosing,
}: {
  nouns: string;
  choice: RowChoice<Row>;
  choosing: Choosing;
}) {
  return (
    <div role="columnheader" className={css['choose']}>
      <Checkbox
        size="xs"
        aria-label={`Choose all ${nouns} that can be chosen`}
        checked={choosing.whole}
        indeterminate={chosen.size > 0 && !choosing.whole}
        onChange={() => (choosing.whole ? choosing.clear() : void choosing.all())}
      />
    </div>
  );
}

import type { Measure } from '../../../shared/domain/replay/report.ts';
import { Figure } from '../../components/export/Figure.tsx';
import { measuresTable } from './exports.ts';
import { Measures } from './Measures.tsx';
import { Movement } from './Movement.tsx';
import { isOfKind } from './exposure/kinds.ts';

/** Every measure of a replay: what became better or worse, what moved otherwise, and how far the feeds moved. */
export function Differences({ measures }: { measures: readonly Measure[] }) {
  const sided = measures.filter(({ better }) => better !== 'neither');
  const neither = measures.filter(
    ({ better, id }) => better === 'neither' && !isMovement(id) && !isOfKind(id),
  );
  const movement = measures.filter(({ better, id }) => better === 'neither' && isMovement(id));
  return (
    <>
      <Figure title="What differs" note="The most alarming first" table={measuresTable(sided)}>
        <Measures label="What became better or worse" measures={sided} />
      </Figure>
      {neither.length > 0 && (
        <Figure title="What changed in the mix" note="Neither side is better" table={measuresTable(neither)}>
          <Measures label="What changed in the mix" measures={neither} sense="amount" />
        </Figure>
      )}
      <Figure title="How far the feeds moved" table={measuresTable(movement)}>
        <Movement label="How far the feeds moved" measures={movement} />
      </Figure>
    </>
  );
}

/** Measures that compare the two feeds with each other have no value of one feed alone. */
const isMovement = (id: string): boolean =>
  /^(overlap@|rbo$|kendall_tau$|first_changed$|largest_move$|mean_move$)/.test(id);

import type { ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatWeight, formatWeightPair } from '../../../components/number.ts';

/** How near the next item is, and the smallest change of one weight that would let it pass. */
export function Nearest({ beats }: { beats: ItemArithmetic['beats'] }) {
  if (beats === null) return <p>Stands last: no item is ranked below it.</p>;
  return (
    <p>
      {beats.margin === 0 ? (
        `Ties with #${beats.rank} and stands above it by its smaller id; `
      ) : (
        <>
          Beats #{beats.rank} by <strong>{formatWeight(beats.margin, 3)}</strong>;{' '}
        </>
      )}
      <Swap swap={beats.swap} />
    </p>
  );
}

function Swap({ swap }: { swap: NonNullable<ItemArithmetic['beats']>['swap'] }) {
  if (swap === null) return 'no change of a single weight would swap the two.';
  const [needed, weight] = formatWeightPair(swap.needed, swap.weight);
  return (
    <>
      would lose if <code>{swap.head}</code> were <strong>{needed}</strong> instead of {weight}.
    </>
  );
}

import { formatWeight, formatWeightPair } from '../../../components/number.ts';
import type { Pair } from '../../../../shared/domain/ranking/pair.ts';

/** How near another item is, and the smallest change of one weight that would turn the two round. */
export function Nearest({ pair }: { pair: Pair | null }) {
  if (pair === null) return <p>Stands last: no item is ranked below it.</p>;
  const { rank, above, margin, swap } = pair;
  return (
    <p>
      {margin === 0 ? (
        above ? (
          `Ties with #${rank} and stands above it by its smaller id; `
        ) : (
          `Ties with #${rank} and stands below it by its larger id; `
        )
      ) : (
        <>
          {above ? 'Beats' : 'Loses to'} #{rank} by <strong>{formatWeight(margin, 3)}</strong>;{' '}
        </>
      )}
      <SwapWords swap={swap} would={above ? 'lose' : 'win'} />
    </p>
  );
}

function SwapWords({ swap, would }: { swap: Pair['swap']; would: 'lose' | 'win' }) {
  if (swap === null) return 'no change of a single weight would swap the two.';
  const [needed, weight] = formatWeightPair(swap.needed, swap.weight);
  return (
    <>
      would {would} if <code>{swap.head}</code> were <strong>{needed}</strong> instead of {weight}.
    </>
  );
}

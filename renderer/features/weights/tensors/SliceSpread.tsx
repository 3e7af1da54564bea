import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Histogram } from './Histogram.tsx';
import { useSliceHistogram, type TensorRef } from './queries.ts';
import css from './Tensor.module.css';

/** How the values of a slice are spread, whatever the rest of the tensor holds. */
export function SliceSpread({ of, slice }: { of: TensorRef; slice: string }) {
  const query = useSliceHistogram(of, slice);
  return (
    <Loaded query={query}>
      {({ finite, nans, infinities, histogram }) => (
        <>
          {histogram === null ? (
            <EmptyState title="Nothing to draw">This slice holds no finite value.</EmptyState>
          ) : (
            <Histogram histogram={histogram} title="How are the values of the slice spread?" />
          )}
          <p className={css['said']}>
            {plural(finite, 'finite value')}
            {nans > 0 && `, ${formatCount(nans)} NaN`}
            {infinities > 0 && `, ${plural(infinities, 'infinity', 'infinities')}`}
          </p>
        </>
      )}
    </Loaded>
  );
}

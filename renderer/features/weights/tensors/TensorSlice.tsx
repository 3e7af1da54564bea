import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import type { KeptStatistics } from '../../../../shared/contract/tensors.ts';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { parseSlice, sliceShape, sliceText, type Slice } from '../../../../shared/domain/weights/slice.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { HeatView } from './HeatView.tsx';
import type { TensorRef } from './queries.ts';
import { SaveTensor } from './SaveTensor.tsx';
import { TensorSearch } from './search.ts';
import { SliceSpread } from './SliceSpread.tsx';
import { SliceValues } from './SliceValues.tsx';
import css from './Tensor.module.css';
import { shapeText } from './words.ts';

/** A part of the tensor that the person chooses, as colours, as a histogram or as numbers, and its export. */
export function TensorSlice({
  of,
  statistics: { shape, dtype },
  search,
  set,
}: {
  of: TensorRef;
  statistics: KeptStatistics;
  search: TensorSearch;
  set: (part: Partial<TensorSearch>) => void;
}) {
  const text = search.slice ?? firstTable(shape);
  const found = useMemo(() => slicedOf(text, shape), [text, shape]);
  if (dtype === 'STRING')
    return (
      <EmptyState title="Text">This tensor holds text, which has neither a heat map nor figures.</EmptyState>
    );
  return (
    <section className={css['slice']} aria-label="Values">
      <div className={css['choices']}>
        {shape.length > 0 && (
          <SliceField
            key={text}
            text={text}
            shape={shape}
            error={found.error}
            onSlice={(slice) => set({ slice })}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label="How the values are shown"
          data={[
            { value: 'heat', label: 'Heat map' },
            { value: 'histogram', label: 'Histogram' },
            { value: 'values', label: 'Numbers' },
          ]}
          value={search.view}
          onChange={(view) => set(TensorSearch.pick({ view: true }).parse({ view }))}
        />
        <SaveTensor of={of} slice={text} dtype={dtype} disabled={found.slice === null} />
      </div>
      {found.slice !== null && (
        <>
          <p className={css['said']}>
            {sliceText(found.slice, shape) === sliceText(parseSlice('', shape), shape)
              ? 'The whole tensor'
              : `[${sliceText(found.slice, shape)}]`}
            , {shapeText(sliceShape(found.slice))}
          </p>
          {search.view === 'heat' && (
            <HeatView of={of} slice={text} parsed={found.slice} search={search} set={set} />
          )}
          {search.view === 'histogram' && <SliceSpread of={of} slice={text} />}
          {search.view === 'values' && <SliceValues key={text} of={of} slice={text} parsed={found.slice} />}
        </>
      )}
    </section>
  );
}

/** Of a tensor with many axes, its first table: "0, 0, :, :". */
const firstTable = (shape: readonly number[]): string =>
  shape.includes(0) ? '' : shape.map((_, axis) => (axis < shape.length - 2 ? '0' : ':')).join(', ');

function slicedOf(text: string, shape: readonly number[]): { slice: Slice | null; error: string | null } {
  try {
    return { slice: parseSlice(text, shape), error: null };
  } catch (error) {
    if (error instanceof StatesideError) return { slice: null, error: error.message };
    throw error;
  }
}

function SliceField({
  text,
  shape,
  error,
  onSlice,
}: {
  text: string;
  shape: readonly number[];
  error: string | null;
  onSlice: (slice: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSlice(typed);
  };
  return (
    <form className={css['form']} onSubmit={submit}>
      <TextInput
        size="xs"
        w={280}
        label={`Slice of ${shapeText(shape)}`}
        description="For each axis an index (3), a range (0:20) or all of it (:)"
        value={typed}
        error={error}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {typed !== text && (
        <Button type="submit" variant="default">
          Show
        </Button>
      )}
    </form>
  );
}

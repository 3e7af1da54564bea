import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { MOST_SLICES, type Evidence } from './evidence.ts';
import { useAttributes } from '../queries.ts';
import css from './SetUp.module.css';

/** Chooses slices and attribution from what the snapshot knows. */
export function EvidenceFields({
  snapshot,
  evidence,
  fault,
  onChange,
}: {
  snapshot: string | null;
  evidence: Evidence;
  /** What is amiss with the crossing. */
  fault: string | undefined;
  onChange: (part: Partial<Evidence>) => void;
}) {
  const { data: attributes = [] } = useAttributes(snapshot);
  const [a, b] = evidence.crossed;
  const crossing = { w: 152, size: 'sm', data: attributes, clearable: true, searchable: true } as const;
  return (
    <>
      <MultiSelect
        label="Slice by"
        placeholder={evidence.slices.length === 0 ? 'no slices' : undefined}
        w={320}
        size="sm"
        classNames={{ inputField: css['typed'] ?? '' }}
        data={attributes}
        value={[...evidence.slices]}
        maxValues={MOST_SLICES}
        searchable
        onChange={(slices) => onChange({ slices })}
      />
      <Select
        {...crossing}
        label="Cross"
        placeholder="nothing"
        value={a}
        onChange={(name) => onChange({ crossed: [name, name === null ? null : b] })}
      />
      <Select
        {...crossing}
        label="with"
        placeholder="nothing"
        value={b}
        disabled={a === null}
        error={fault}
        onChange={(name) => onChange({ crossed: [a, name] })}
      />
      <Checkbox
        label="Take the change apart (slower)"
        className={css['apart'] ?? ''}
        checked={evidence.attribution}
        onChange={(event) => onChange({ attribution: event.currentTarget.checked })}
      />
    </>
  );
}

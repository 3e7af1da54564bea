import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { MOST_SLICES, type Evidence } from './evidence.ts';
import { useAttributes } from './queries.ts';
import css from './SetUp.module.css';

/** Chooses slices, strata and attribution from what the snapshot knows. */
export function EvidenceFields({
  snapshot,
  sampled,
  evidence,
  onChange,
}: {
  snapshot: string | null;
  /** Whether the replay draws some of the requests: only then there is something to stratify. */
  sampled: boolean;
  evidence: Evidence;
  onChange: (part: Partial<Evidence>) => void;
}) {
  const { data: attributes = [] } = useAttributes(snapshot);
  const [a, b] = evidence.crossed;
  const crossing = { w: 200, size: 'sm', data: attributes, clearable: true, searchable: true } as const;
  return (
    <div className={css['numbers']}>
      <MultiSelect
        label="Slice by"
        placeholder={evidence.slices.length === 0 ? 'no slices' : undefined}
        w={320}
        size="sm"
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
        onChange={(name) => onChange({ crossed: [name, b] })}
      />
      <Select
        {...crossing}
        label="with"
        placeholder="nothing"
        value={b}
        disabled={a === null}
        error={a !== null && a === b ? 'Choose another attribute' : undefined}
        onChange={(name) => onChange({ crossed: [a, name] })}
      />
      <Select
        {...crossing}
        label="Stratify the draw by"
        placeholder="drawn from all alike"
        data={attributes.filter((name) => /^(user|request)\./.test(name))}
        value={sampled ? evidence.stratify : null}
        disabled={!sampled}
        onChange={(stratify) => onChange({ stratify })}
      />
      <Checkbox
        label="Take the change apart (slower)"
        mb={8}
        checked={evidence.attribution}
        onChange={(event) => onChange({ attribution: event.currentTarget.checked })}
      />
    </div>
  );
}

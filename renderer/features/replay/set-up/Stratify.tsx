import { Select } from '@mantine/core';
import { useAttributes } from '../queries.ts';

/** By which attribute of users or requests the draw takes the same share of each value. */
export function Stratify({
  snapshot,
  value,
  sampled,
  onChange,
}: {
  snapshot: string | null;
  value: string | null;
  /** Whether the replay draws some of the requests: only then there is something to stratify. */
  sampled: boolean;
  onChange: (attribute: string | null) => void;
}) {
  const { data: attributes = [] } = useAttributes(snapshot);
  return (
    <Select
      label="Stratify the draw by"
      placeholder={sampled ? 'drawn from all alike' : 'nothing is drawn'}
      w={240}
      size="sm"
      clearable
      searchable
      data={attributes.filter((name) => /^(user|request)\./.test(name))}
      value={sampled ? value : null}
      disabled={!sampled}
      onChange={onChange}
    />
  );
}

import { Select, type ComboboxItem, type OptionsFilter, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { flatten, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { searched } from '../../../../shared/domain/review/policy-tree.ts';
import css from './Policies.module.css';

/** A policy chosen from the whole tree: typing finds one by its own words or by those above it, arrows and Enter choose. */
export function PolicySelect({
  library,
  ...props
}: Omit<SelectProps, 'data' | 'filter' | 'renderOption' | 'searchable' | 'value' | 'onChange'> & {
  library: PolicyLibrary;
  value: string | null;
  onChange: (policy: string | null) => void;
}) {
  const { data, depths, filter } = useMemo(() => {
    const all = flatten(library.policies);
    const titles = new Map(all.map(({ policy: { id, title } }) => [id, title]));
    const found: OptionsFilter = ({ options, search, limit }) => {
      // the chosen title stands in the field; it narrows nothing until something else is typed
      if ([...titles.values()].includes(search)) return options;
      const ids = new Set(flatten(searched(library.policies, search)).map(({ policy }) => policy.id));
      return options.filter((option) => 'value' in option && ids.has(option.value)).slice(0, limit);
    };
    return {
      data: [...titles].map(([value, label]) => ({ value, label })),
      depths: new Map(all.map(({ policy, depth }) => [policy.id, depth])),
      filter: found,
    };
  }, [library]);
  return (
    <Select
      {...props}
      searchable
      maxDropdownHeight={360}
      data={data}
      filter={filter}
      renderOption={({ option }: { option: ComboboxItem }) => (
        <span
          className={css['option']}
          data-below={depths.get(option.value) === 0 ? undefined : ''}
          style={{ paddingLeft: 14 * (depths.get(option.value) ?? 0) }}
        >
          {option.label}
        </span>
      )}
    />
  );
}

import { Button, CloseButton, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { DrawMethod, type Stratum } from '../../../shared/domain/review/campaign.ts';
import css from './Review.module.css';

const ONLY = ['changed', 'first changed', 'labelled'] as const;

/** The parts of a draw: how many feeds of which kind, and of which part of the requests. */
export function Strata({
  strata,
  onChange,
}: {
  strata: readonly Stratum[];
  onChange: (strata: readonly Stratum[]) => void;
}) {
  const set = (at: number, part: Partial<Stratum>) =>
    onChange(strata.map((stratum, here) => (here === at ? { ...stratum, ...part } : stratum)));
  const slice = (at: number, part: NonNullable<Stratum['slice']>) => {
    const whole = Object.entries({ ...strata[at]?.slice, ...part }).filter(([, value]) => value !== '');
    set(at, { slice: Object.fromEntries(whole) });
  };
  return (
    <fieldset className={css['strata']}>
      <legend className={css['fieldLabel']}>Drawn</legend>
      {strata.map((stratum, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have no other name than their place
        <div key={at} className={css['stratum']}>
          <NumberInput
            aria-label="Feeds"
            w={84}
            min={1}
            max={100_000}
            value={stratum.count}
            onChange={(count) => set(at, { count: typeof count === 'number' ? count : 1 })}
          />
          <Select
            aria-label="Drawn as"
            w={200}
            allowDeselect={false}
            data={[...DrawMethod.options]}
            value={stratum.method}
            onChange={(method) =>
              set(at, {
                method: method ?? 'uniform',
                ...(method === 'slice' && stratum.slice === undefined ? { slice: {} } : {}),
              })
            }
          />
          <Select
            aria-label="Only requests"
            w={150}
            clearable
            placeholder="all requests"
            data={[...ONLY]}
            value={stratum.slice?.only ?? null}
            onChange={(only) => slice(at, { only: only ?? undefined })}
          />
          <Group gap={8} wrap="nowrap">
            <span className="quiet">asked from</span>
            <TextInput
              aria-label="Asked from"
              type="date"
              w={136}
              value={stratum.slice?.from ?? ''}
              onChange={(event) => slice(at, { from: event.currentTarget.value })}
            />
            <span className="quiet">to before</span>
            <TextInput
              aria-label="Asked before"
              type="date"
              w={136}
              value={stratum.slice?.to ?? ''}
              onChange={(event) => slice(at, { to: event.currentTarget.value })}
            />
          </Group>
          {strata.length > 1 && (
            <CloseButton
              aria-label="Take this part away"
              onClick={() => onChange(strata.filter((_, here) => here !== at))}
            />
          )}
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => onChange([...strata, { method: 'uniform', count: 20 }])}
      >
        Add a part
      </Button>
    </fieldset>
  );
}

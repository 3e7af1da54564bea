import { NumberInput, Slider } from '@mantine/core';
import { formatWeight } from '../../components/number.ts';
import css from './WhatIf.module.css';

/** One number of a policy: its name, a slider over a sensible stretch and a field for its whole range. */
export function Dial({
  label,
  value,
  own,
  from,
  to,
  min,
  max,
  whole = false,
  onChange,
}: {
  label: string;
  value: number;
  /** What the release has. */
  own: number;
  from: number;
  to: number;
  min: number;
  max: number;
  whole?: boolean;
  onChange: (value: number) => void;
}) {
  const step = whole ? 1 : Number(((to - from) / 200).toPrecision(1));
  return (
    <div className={css['dial']} data-moved={value === own ? undefined : ''}>
      <span className={`${css['dialName']} truncate`} title={label}>
        {label}
      </span>
      <Slider
        thumbLabel={`${label}, slider`}
        label={null}
        size="sm"
        min={from}
        max={to}
        step={step > 0 ? step : 1}
        value={value}
        onChange={(moved) => onChange(Math.min(max, Math.max(min, moved)))}
      />
      <NumberInput
        aria-label={label}
        size="xs"
        min={min}
        max={max}
        step={step > 0 ? step : 1}
        clampBehavior="strict"
        allowDecimal={!whole}
        value={value}
        onChange={(typed) => {
          if (typeof typed === 'number' && typed >= min && typed <= max) onChange(typed);
        }}
      />
      <button
        type="button"
        className={css['back']}
        disabled={value === own}
        aria-label={`Back to ${formatWeight(own)}, the release’s ${label}`}
        onClick={() => onChange(own)}
      >
        {value === own ? '' : <del>{formatWeight(own)}</del>}
      </button>
    </div>
  );
}

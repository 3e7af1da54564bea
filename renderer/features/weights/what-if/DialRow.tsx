import { NumberInput, Slider, TextInput } from '@mantine/core';
import { memo } from 'react';
import type { Dial, NumberDial, TextDial } from '../../../../shared/domain/formula/dials.ts';
import { formatWeight } from '../../../components/number.ts';
import css from './WhatIf.module.css';
import type { Turn } from './use-history.ts';

/** One value of a policy: its name, a slider over a sensible stretch, a field for its whole range, and the way back. */
export const DialRow = memo(
  ({ dial, onTurn }: { dial: Dial; onTurn: Turn }) => {
    const { id, label, value, own } = dial;
    const moved = value !== own;
    return (
      <div className={css['dial']} data-dial="" data-moved={moved ? '' : undefined}>
        <span className={css['dialName']} title={label}>
          {label}
        </span>
        {dial.kind === 'text' ? <Text dial={dial} onTurn={onTurn} /> : <Amount dial={dial} onTurn={onTurn} />}
        <button
          type="button"
          className={css['back']}
          disabled={!moved}
          aria-label={`Back to ${words(own)}, the release’s ${label}`}
          title={moved ? `Back to ${words(own)}` : undefined}
          onClick={() => onTurn(id, own)}
        >
          {moved ? <del>{words(own)}</del> : ''}
        </button>
      </div>
    );
  },
  (before, after) => before.onTurn === after.onTurn && isSame(before.dial, after.dial),
);

function Amount({ dial, onTurn }: { dial: NumberDial; onTurn: Turn }) {
  const { id, label, value, own, from, to, min, max, whole, optional } = dial;
  const finest = Number(((to - from) / 200).toPrecision(1));
  const step = whole || finest <= 0 ? 1 : finest;
  return (
    <>
      <Slider
        thumbLabel={`${label}, slider`}
        label={null}
        size="sm"
        min={from}
        max={to}
        step={step}
        disabled={from >= to}
        value={value ?? from}
        marks={value !== own && own !== null ? [{ value: own }] : []}
        color={value === own ? 'var(--baseline)' : 'var(--accent)'}
        className={value === null ? css['none'] : undefined}
        onChange={(moved) => onTurn(id, Math.min(max, Math.max(min, moved)))}
      />
      <NumberInput
        aria-label={label}
        size="xs"
        min={min}
        max={max}
        step={step}
        clampBehavior="strict"
        allowDecimal={!whole}
        placeholder={optional ? 'none' : undefined}
        value={value === null ? '' : shown(value)}
        onChange={(typed) => {
          if (typed === '' && optional) onTurn(id, null);
          if (typeof typed === 'number') onTurn(id, typed);
        }}
      />
    </>
  );
}

const Text = ({ dial: { id, label, value }, onTurn }: { dial: TextDial; onTurn: Turn }) => (
  <TextInput
    className={css['text']}
    aria-label={label}
    size="xs"
    maxLength={200}
    value={value}
    onChange={(event) => onTurn(id, event.currentTarget.value)}
  />
);

/** Without the last bits of arithmetic, which no person typed: 2.8000000000000003 reads 2.8. */
const shown = (value: number): number => Number(value.toPrecision(12));

const words = (value: number | string | null): string => {
  if (value === null) return 'none';
  return typeof value === 'number' ? formatWeight(value) : value || 'nothing';
};

/** Dials are made anew on every turn; only one of them differs then. */
function isSame(a: Dial, b: Dial): boolean {
  if (a.id !== b.id || a.label !== b.label || a.value !== b.value || a.own !== b.own) return false;
  if (a.kind === 'text' || b.kind === 'text') return a.kind === b.kind;
  return a.from === b.from && a.to === b.to && a.min === b.min && a.max === b.max;
}

import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { DecisionInput, SignoffDetail } from '../../../shared/contract/signoff.ts';
import type { Decision } from './decisions.ts';
import css from './Document.module.css';

type ToWaive = NonNullable<SignoffDetail['statement']>['toWaive'];

export interface TypedTerms {
  readonly reason: string;
  readonly conditions: string;
  /** The last day on which the approval counts, in UTC; empty: without an end. */
  readonly until: string;
  readonly onlyTheseGates: boolean;
  /** Why a failed advisory gate does not stand in the way, by its name. */
  readonly waived: Readonly<Record<string, string>>;
}

export const NO_TERMS: TypedTerms = {
  reason: '',
  conditions: '',
  until: '',
  onlyTheseGates: false,
  waived: {},
};

/** What was typed, as it is signed. Terms hang on approvals alone. */
export function termsOf(
  { reason, conditions, until, onlyTheseGates, waived }: TypedTerms,
  decision: Decision,
  gatesRevision: number,
  toWaive: ToWaive,
): Pick<DecisionInput, 'reason' | 'conditions' | 'expires' | 'gatesRevision' | 'waivers'> {
  if (decision !== 'approve') return { reason, conditions };
  return {
    reason,
    conditions,
    ...(until === '' ? {} : { expires: `${dayAfter(until)}T00:00:00.000Z` }),
    ...(onlyTheseGates ? { gatesRevision } : {}),
    waivers: toWaive.map(({ gate }) => ({ gate, reason: waived[gate] ?? '' })),
  };
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

export function TermsFields({
  terms,
  onChange,
  approving,
  gatesRevision,
  toWaive,
}: {
  terms: TypedTerms;
  onChange: (terms: TypedTerms) => void;
  approving: boolean;
  gatesRevision: number;
  toWaive: ToWaive;
}) {
  return (
    <>
      <Textarea
        className={css['wide'] ?? ''}
        label="Reason"
        description="What convinced you, or what did not"
        size="sm"
        autosize
        minRows={2}
        value={terms.reason}
        onChange={(event) => onChange({ ...terms, reason: event.currentTarget.value })}
      />
      {approving && (
        <>
          <TextInput
            className={css['wide'] ?? ''}
            label="Conditions, if any"
            description="In words; the two below are enforced"
            value={terms.conditions}
            onChange={(event) => onChange({ ...terms, conditions: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Counts until, if not for good"
            description="The last day in UTC"
            value={terms.until}
            onChange={(event) => onChange({ ...terms, until: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            mt={28}
            label={`Only with gates revision ${gatesRevision}, the one in force`}
            checked={terms.onlyTheseGates}
            onChange={(event) => onChange({ ...terms, onlyTheseGates: event.currentTarget.checked })}
          />
          {toWaive.map(({ gate, title }) => (
            <TextInput
              key={gate}
              className={css['wide'] ?? ''}
              label={`“${title}” failed: why that does not stand in the way`}
              description="An approval says so in words; a refusal needs none"
              size="sm"
              value={terms.waived[gate] ?? ''}
              onChange={(event) =>
                onChange({ ...terms, waived: { ...terms.waived, [gate]: event.currentTarget.value } })
              }
            />
          ))}
        </>
      )}
    </>
  );
}

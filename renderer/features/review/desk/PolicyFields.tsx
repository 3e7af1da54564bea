import { Select, Textarea } from '@mantine/core';
import { memo, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { findPolicy, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { PolicySelect } from '../policies/PolicySelect.tsx';
import type { Command } from './commands.ts';
import type { Form } from './ruling.ts';
import css from './Desk.module.css';

const SEVERITIES = ['1 low', '2 medium', '3 high', '4 critical'].map((label, at) => ({
  value: String(at + 1),
  label,
}));

/** Where keys lead. */
export interface FieldRefs {
  readonly policyRef: RefObject<HTMLInputElement | null>;
  readonly reasonRef: RefObject<HTMLInputElement | null>;
  readonly severityRef: RefObject<HTMLInputElement | null>;
  readonly noteRef: RefObject<HTMLTextAreaElement | null>;
}

/** Under which policy an item is ruled on, why, how severe it is, and a note. `onForm` must stay the same. */
export const PolicyFields = memo(function PolicyFields({
  library,
  form,
  keys,
  asked,
  policyRef,
  reasonRef,
  severityRef,
  noteRef,
  onForm,
}: FieldRefs & {
  library: PolicyLibrary;
  form: Form;
  keys: Record<Command, string>;
  /** True while an action waits for its policy. */
  asked: boolean;
  onForm: (form: Form) => void;
}) {
  const policy = form.policy === null ? null : findPolicy(library, form.policy);
  return (
    <>
      <PolicySelect
        ref={policyRef}
        library={library}
        size="xs"
        label={named('Policy it violates', keys.policy)}
        placeholder="for demote and remove"
        error={asked ? 'Choose it, and the action is given' : undefined}
        allowDeselect={false}
        value={form.policy}
        onChange={(id) => {
          policyRef.current?.blur();
          onForm({ ...form, policy: id, reason: null, severity: null });
        }}
        onKeyDown={leaveOnEscape}
      />
      <div className={css['reasons']}>
        <Select
          ref={reasonRef}
          size="xs"
          label={named('Reason', keys.reason)}
          disabled={policy === null}
          allowDeselect={false}
          data={policy?.reasons.map(({ code, title }) => ({ value: code, label: title })) ?? []}
          value={form.reason ?? policy?.reasons[0]?.code ?? null}
          onChange={(reason) => {
            reasonRef.current?.blur();
            onForm({ ...form, reason });
          }}
          onKeyDown={leaveOnEscape}
        />
        <Select
          ref={severityRef}
          size="xs"
          label={named('Severity', keys.severity)}
          disabled={policy === null}
          allowDeselect={false}
          data={SEVERITIES}
          value={policy === null ? null : String(form.severity ?? policy.severity)}
          onChange={(severity) => {
            severityRef.current?.blur();
            onForm({ ...form, severity: Number(severity) });
          }}
          onKeyDown={leaveOnEscape}
        />
      </div>
      <Textarea
        ref={noteRef}
        size="xs"
        label={named('Note', keys.note)}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={4000}
        value={form.note}
        onChange={(event) => onForm({ ...form, note: event.currentTarget.value })}
        onKeyDown={leaveOnEscape}
      />
    </>
  );
});

/** A field's name with the key that leads there. */
const named = (name: string, key: string): ReactNode => (
  <span className={css['fieldLabel']}>
    {name} <KeyHint keys={[key]} />
  </span>
);

/** Back to where keys decide. */
const leaveOnEscape = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key === 'Escape') event.currentTarget.blur();
};

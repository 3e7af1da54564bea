import { Button, Select, Textarea } from '@mantine/core';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { findPolicy, flatten, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import type { Command } from './commands.ts';
import { KeepDecision } from './KeepDecision.tsx';
import { LeaveFeed } from './LeaveFeed.tsx';
import { ACTION_WORDS, ACTIONS, rulingWords, VERDICT_WORDS, verdictOf, type Form } from './ruling.ts';
import type { useDesk } from './use-desk.ts';
import css from './Desk.module.css';

const SEVERITIES = ['1 low', '2 medium', '3 high', '4 critical'];

/** What is decided: of the item under a policy, of the feed as a whole, and then for good. */
export function Decision({
  task,
  desk,
  library,
  macros,
  form,
  keys,
  adding,
  current,
  verdict,
  asked,
  policyRef,
  reasonRef,
  severityRef,
  noteRef,
  leaving,
  onLeaving,
  onForm,
  onRun,
  onMacro,
}: {
  task: ReviewTask;
  desk: ReturnType<typeof useDesk>;
  library: PolicyLibrary;
  macros: readonly Macro[];
  form: Form;
  keys: Record<Command, string>;
  adding: boolean;
  current: Ruling | undefined;
  verdict: Ruling | undefined;
  /** True while an action waits for its policy. */
  asked: boolean;
  policyRef: RefObject<HTMLInputElement | null>;
  reasonRef: RefObject<HTMLInputElement | null>;
  severityRef: RefObject<HTMLInputElement | null>;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  leaving: boolean;
  onLeaving: (leaving: boolean) => void;
  onForm: (form: Form) => void;
  onRun: (command: Command) => void;
  onMacro: (macro: Macro) => void;
}) {
  const policy = form.policy === null ? null : findPolicy(library, form.policy);
  const actions = current?.kind === 'item' ? current.actions : [];
  const said = rulingWords(verdict);
  const error =
    desk.change.error ?? desk.submit.error ?? desk.hold.error ?? desk.handOver.error ?? desk.renew.error;
  const button = (command: Command, name: string, chosen = false, disabled = false) => (
    <Button
      key={command}
      size="xs"
      variant={chosen ? 'filled' : 'default'}
      justify="space-between"
      rightSection={<KeyHint keys={[keys[command]]} />}
      disabled={disabled}
      aria-pressed={chosen}
      onClick={() => onRun(command)}
    >
      {name}
    </Button>
  );
  return (
    <section className={css['decision']} aria-label="Decision">
      <div className={css['group']}>
        <h3>{adding ? 'This item as well' : 'This item'}</h3>
        <div className={css['pair']}>
          {ACTIONS.map((action) => button(action, ACTION_WORDS[action], actions.includes(action)))}
        </div>
        {button('also', 'Add a second action', adding, current === undefined)}
      </div>
      <div className={css['group']}>
        <Select
          ref={policyRef}
          size="xs"
          label={named('Policy it violates', keys.policy)}
          placeholder="for demote and remove"
          error={asked ? 'Choose it, and the action is given' : undefined}
          allowDeselect={false}
          searchable
          maxDropdownHeight={320}
          data={flatten(library.policies).map(({ policy: { id, title }, depth }) => ({
            value: id,
            label: `${'– '.repeat(depth)}${title}`,
          }))}
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
            data={SEVERITIES.map((label, at) => ({ value: String(at + 1), label }))}
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
        {macros.length > 0 && (
          <div className={css['macros']}>
            {macros.map((macro) => (
              <Button key={macro.id} size="compact-xs" variant="default" onClick={() => onMacro(macro)}>
                {macro.name}
                {macro.key !== null && <KeyHint keys={[macro.key]} />}
              </Button>
            ))}
          </div>
        )}
        <KeepDecision ruling={current?.kind === 'item' ? current : null} macros={macros} keys={keys} />
      </div>
      <div className={css['group']}>
        <h3>{task.mode === 'open' ? 'The feed as a whole is' : 'Which feed is better'}</h3>
        {(['first', 'second', 'third'] as const).map((command, at) =>
          button(
            command,
            VERDICT_WORDS[task.mode][at] ?? '',
            said !== '' && said === rulingWords(verdictOf(command, task.mode, '') ?? undefined),
          ),
        )}
      </div>
      <div className={`${css['group']} ${css['last']}`}>
        <div className={css['error']}>
          {error !== null && (
            <ErrorState
              error={error}
              {...(error.code === 'conflict' ? { retry: () => void desk.reload() } : {})}
            />
          )}
        </div>
        <div className={css['pair']}>
          {button('undo', 'Undo', false, task.steps.length === 0)}
          <Button
            size="xs"
            justify="space-between"
            rightSection={<KeyHint keys={[keys.submit]} />}
            disabled={verdict === undefined}
            loading={desk.submit.isPending}
            title={verdict === undefined ? 'Say first what the feed as a whole is' : undefined}
            onClick={() => onRun('submit')}
          >
            Submit
          </Button>
        </div>
        <LeaveFeed desk={desk} leaveKey={keys.leave} opened={leaving} onOpen={onLeaving} />
      </div>
    </section>
  );
}

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

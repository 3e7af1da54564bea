import { Button, Select, Textarea } from '@mantine/core';
import type { RefObject } from 'react';
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
  policyRef,
  noteRef,
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
  policyRef: RefObject<HTMLInputElement | null>;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  onForm: (form: Form) => void;
  onRun: (command: Command) => void;
  onMacro: (macro: Macro) => void;
}) {
  const policy = form.policy === null ? null : findPolicy(library, form.policy);
  const actions = current?.kind === 'item' ? current.actions : [];
  const said = rulingWords(verdict);
  const error = desk.change.error ?? desk.submit.error ?? desk.hold.error ?? desk.handOver.error;
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
        <h3>This item{adding && ', together with what is decided'}</h3>
        <div className={css['pair']}>
          {ACTIONS.map((action) => button(action, ACTION_WORDS[action], actions.includes(action)))}
        </div>
        {button('also', 'Add a second action', adding, current === undefined)}
      </div>
      <div className={css['group']}>
        <Select
          ref={policyRef}
          size="xs"
          label="Policy it violates"
          description="for demote and remove"
          allowDeselect={false}
          searchable
          maxDropdownHeight={320}
          data={flatten(library.policies).map(({ policy: { id, title }, depth }) => ({
            value: id,
            label: `${'– '.repeat(depth)}${title}`,
          }))}
          value={form.policy}
          onChange={(id) => onForm({ ...form, policy: id, reason: null, severity: null })}
        />
        <div className={css['reasons']}>
          <Select
            size="xs"
            label="Reason"
            allowDeselect={false}
            data={policy?.reasons.map(({ code, title }) => ({ value: code, label: title })) ?? []}
            value={form.reason ?? policy?.reasons[0]?.code ?? null}
            onChange={(reason) => onForm({ ...form, reason })}
          />
          <Select
            size="xs"
            label="Severity"
            allowDeselect={false}
            data={SEVERITIES.map((label, at) => ({ value: String(at + 1), label }))}
            value={String(form.severity ?? policy?.severity ?? 1)}
            onChange={(severity) => onForm({ ...form, severity: Number(severity) })}
          />
        </div>
        <Textarea
          ref={noteRef}
          size="xs"
          label={
            <span className={css['noteLabel']}>
              Note <KeyHint keys={[keys.note]} />
            </span>
          }
          autosize
          minRows={1}
          maxRows={5}
          maxLength={4000}
          value={form.note}
          onChange={(event) => onForm({ ...form, note: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
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
        {current?.kind === 'item' && <KeepDecision ruling={current} macros={macros} keys={keys} />}
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
      <div className={css['group']}>
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
        <LeaveFeed desk={desk} />
      </div>
      <div className={css['error']}>
        {error !== null && (
          <ErrorState
            error={error}
            {...(error.code === 'conflict' ? { retry: () => void desk.reload() } : {})}
          />
        )}
      </div>
    </section>
  );
}

import { Button } from '@mantine/core';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import type { PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { CommandButton } from './CommandButton.tsx';
import type { Command } from './commands.ts';
import { KeepDecision } from './KeepDecision.tsx';
import { LeaveFeed } from './LeaveFeed.tsx';
import { PolicyFields, type FieldRefs } from './PolicyFields.tsx';
import { ACTION_WORDS, ACTIONS, rulingWords, VERDICT_WORDS, verdictOf, type Form } from './ruling.ts';
import type { useDesk } from './use-desk.ts';
import css from './Desk.module.css';

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
  kept,
  policyRef,
  reasonRef,
  severityRef,
  noteRef,
  leaving,
  onLeaving,
  onForm,
  onRun,
  onMacro,
}: FieldRefs & {
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
  /** Why the feed was not submitted. */
  kept: string | null;
  leaving: boolean;
  onLeaving: (leaving: boolean) => void;
  onForm: (form: Form) => void;
  onRun: (command: Command) => void;
  onMacro: (macro: Macro) => void;
}) {
  const actions = current?.kind === 'item' ? current.actions : [];
  const said = rulingWords(verdict);
  const error =
    desk.change.error ?? desk.submit.error ?? desk.hold.error ?? desk.handOver.error ?? desk.renew.error;
  return (
    <section className={css['decision']} aria-label="Decision">
      <div className={css['group']}>
        <h3>{adding ? 'This item as well' : 'This item'}</h3>
        <div className={css['pair']}>
          {ACTIONS.map((action) => (
            <CommandButton
              key={action}
              command={action}
              hint={keys[action]}
              chosen={actions.includes(action)}
              onRun={onRun}
            >
              {ACTION_WORDS[action]}
            </CommandButton>
          ))}
        </div>
        <CommandButton
          command="also"
          hint={keys.also}
          chosen={adding}
          disabled={current === undefined}
          onRun={onRun}
        >
          Add a second action
        </CommandButton>
      </div>
      <div className={css['group']}>
        <PolicyFields
          library={library}
          form={form}
          keys={keys}
          asked={asked}
          policyRef={policyRef}
          reasonRef={reasonRef}
          severityRef={severityRef}
          noteRef={noteRef}
          onForm={onForm}
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
        {(['first', 'second', 'third'] as const).map((command, at) => (
          <CommandButton
            key={command}
            command={command}
            hint={keys[command]}
            chosen={
              said !== '' &&
              said === rulingWords(verdictOf(command, task.mode, { note: '', uncovered: [] }) ?? undefined)
            }
            onRun={onRun}
          >
            {VERDICT_WORDS[task.mode][at] ?? ''}
          </CommandButton>
        ))}
      </div>
      <div className={`${css['group']} ${css['last']}`}>
        <div className={css['error']}>
          {kept !== null && <p className={css['label']}>{kept}</p>}
          {error !== null && (
            <ErrorState
              error={error}
              {...(error.code === 'conflict' ? { retry: () => void desk.reload() } : {})}
            />
          )}
        </div>
        <div className={css['pair']}>
          <CommandButton command="undo" hint={keys.undo} disabled={task.steps.length === 0} onRun={onRun}>
            Undo
          </CommandButton>
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
        <LeaveFeed
          place={`${task.campaign} ${task.feed}`}
          holding={desk.hold.isPending}
          handing={desk.handOver.isPending}
          hold={desk.hold.mutate}
          handOver={desk.handOver.mutate}
          leaveKey={keys.leave}
          opened={leaving}
          onOpen={onLeaving}
        />
      </div>
    </section>
  );
}

import { Button, CloseButton } from '@mantine/core';
import { bridge, value } from '../../app/bridge.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import type { Asked } from './ChangeDialog.tsx';
import { Draft } from './Draft.tsx';
import { changeWords, prepare, useNextVersion } from './next-version.ts';
import { useMakeDraft } from './queries.ts';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';

/** Changes are gathered, become one draft, and the draft travels from root to root. */
export function NextVersion({ roster, onAsk }: { roster: RosterSoFar; onAsk: (asked: Asked) => void }) {
  const next = useNextVersion(roster.digest);
  const make = useMakeDraft();
  const open = async () => {
    const file = await value(bridge.shell.chooseText({ what: 'roster' }));
    if (file !== null) prepare({ ...next, draft: file.text });
  };
  if (next.draft !== null) return <Draft roster={roster} text={next.draft} />;
  return (
    <>
      {next.changes.length > 0 && (
        <ul className={css['changes']} aria-label="Changes of the next version">
          {next.changes.map((change) => (
            <li key={JSON.stringify(change)}>
              {changeWords(change)}
              <CloseButton
                size="xs"
                aria-label={`Take back: ${changeWords(change)}`}
                onClick={() =>
                  prepare({ ...next, changes: next.changes.filter((other) => other !== change) })
                }
              />
            </li>
          ))}
        </ul>
      )}
      {make.error !== null && <ErrorState error={make.error} />}
      <div className={css['row']}>
        <Button variant="default" onClick={() => onAsk({ kind: 'person', id: null })}>
          Add a person…
        </Button>
        <Button variant="default" onClick={() => onAsk({ kind: 'thresholds' })}>
          Change the thresholds…
        </Button>
        <Button variant="default" onClick={() => void open()}>
          {roster.version === 0
            ? 'Open a draft or roster from another machine…'
            : 'Open a draft from another machine…'}
        </Button>
        {next.changes.length > 0 && (
          <Button
            loading={make.isPending}
            onClick={() =>
              make.mutate(
                { changes: [...next.changes] },
                { onSuccess: ({ text }) => prepare({ ...next, draft: text }) },
              )
            }
          >
            Draft version {roster.version + 1}
          </Button>
        )}
      </div>
    </>
  );
}

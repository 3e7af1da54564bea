import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { bridge, value } from '../../app/bridge.ts';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Mark } from '../../components/Mark.tsx';
import { formatCount } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { hexOf } from './base64.ts';
import css from './Log.module.css';
import { useImportWitness, useWitnesses } from './queries.ts';

/** Heads that go out to others and come back: what makes a rewritten log show. */
export function Witnesses({ checkpoint }: { checkpoint: { size: number; note: string } | null }) {
  const witnesses = useWitnesses();
  return (
    <>
      <Section title="Hand out the newest head" note="To be kept on another machine, by somebody else">
        <p style={{ marginTop: 8 }}>
          Whoever owns this machine could put an older log in place of this one. A head kept elsewhere shows
          it.
        </p>
        <div className={css['row']}>
          <SaveText
            label="Export checkpoint…"
            disabled={checkpoint === null}
            make={() =>
              Promise.resolve({
                fileName: `log-${checkpoint?.size ?? 0}.checkpoint`,
                text: checkpoint?.note ?? '',
              })
            }
          />
        </div>
      </Section>
      <Section title="Take one back" note="The log must still contain it, now and at every later check">
        <TakeBack />
      </Section>
      <Section title="Heads that came back">
        <Loaded query={witnesses}>
          {(witnesses) =>
            witnesses.length === 0 ? (
              <p className="quiet">None yet.</p>
            ) : (
              <Table
                label="Heads that came back"
                rows={witnesses}
                rowKey={({ root, size }) => `${root} ${size}`}
                columns={[
                  { name: 'Entries', right: true, render: ({ size }) => formatCount(size) },
                  { name: 'Root', render: ({ root }) => <Digest of={hexOf(root)} /> },
                  { name: 'Kept by', render: ({ keptBy }) => keptBy },
                  { name: 'Came back', render: ({ at }) => <TimeText at={at} /> },
                  {
                    name: 'Verdict',
                    render: ({ alarm }) =>
                      alarm === null ? (
                        <Mark tone="pass" shape="tick">
                          Contained
                        </Mark>
                      ) : (
                        <Mark tone="fail" shape="cross">
                          {alarm.split(':')[0]}
                        </Mark>
                      ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
    </>
  );
}

function TakeBack() {
  const [keptBy, setKeptBy] = useState('');
  const take = useImportWitness();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [path] = await value(bridge.shell.chooseFiles({ what: 'checkpoint' }));
    if (path !== undefined) take.mutate({ path, keptBy: keptBy.trim() }, { onSuccess: () => setKeptBy('') });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className={css['row']}>
        <TextInput
          label="Who kept it, or on which machine"
          w={320}
          value={keptBy}
          onChange={(event) => setKeptBy(event.currentTarget.value)}
        />
        <Button type="submit" h={36} disabled={keptBy.trim() === ''} loading={take.isPending}>
          Import checkpoint…
        </Button>
      </div>
      {take.error !== null && <ErrorState error={take.error} />}
      {take.data !== undefined && (
        <p role="status">
          <Mark tone="pass" shape="tick">
            The log only grew since it had {formatCount(take.data.size)} entries
          </Mark>
        </p>
      )}
    </form>
  );
}

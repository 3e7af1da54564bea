import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { bridge, toStatesideError, value } from '../../app/bridge.ts';
import { useSubject } from '../../app/place.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useOverview } from './queries.ts';
import css from './Workspaces.module.css';

/** Which workspace is open, and the ways to another: one that is there, or a new one. */
export function WorkspacesPage() {
  useSubject('Workspaces');
  const { data: overview } = useOverview();
  const open = useMutation({ mutationFn: openChosen });
  const backUp = useMutation({ mutationFn: backUpChosen });
  return (
    <Page title="Workspaces" lead="A workspace is the folder that holds a team’s work; one is open at a time">
      <Section title="Open now">
        <Facts
          of={[
            ['Name', overview?.workspace.name ?? '…'],
            ['Folder', overview?.workspace.path ?? '…'],
          ]}
        />
        <div className={css['row']}>
          <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
            Open another…
          </Button>
          <Button variant="default" loading={backUp.isPending} onClick={() => backUp.mutate()}>
            Back up…
          </Button>
          <span className="quiet" role="status">
            {typeof backUp.data === 'string' && `Backed up to ${backUp.data}, read through and whole`}
          </span>
        </div>
        {open.error !== null && <ErrorState error={toStatesideError(open.error)} />}
        {backUp.error !== null && <ErrorState error={toStatesideError(backUp.error)} />}
      </Section>
      <Section title="Found a new one" note="Its people come next: the first roster, signed by its roots">
        <FoundForm />
      </Section>
    </Page>
  );
}

function FoundForm() {
  const [name, setName] = useState('');
  const [folder, setFolder] = useState<string | null>(null);
  const found = useMutation({
    mutationFn: async (input: { name: string; folder: string }) => {
      const { folder } = await value(bridge.workspace.found(input));
      return value(bridge.shell.openWorkspace({ folder }));
    },
  });
  const choose = async () => {
    const chosen = await value(bridge.shell.chooseFolder({ what: 'new workspace' }));
    if (chosen !== null) setFolder(chosen);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (folder !== null) found.mutate({ name, folder });
  };
  return (
    <form className={css['form']} onSubmit={submit} aria-label="Found a workspace">
      <p>
        The new folder gets a log with a key of its own, the gates that Stateside ships, and nothing else.
        Jobs that run here are cancelled when it opens; what is saved stays.
      </p>
      <TextInput
        label="Name"
        description="As it stands at the top of the window, for example the team and the product"
        w={400}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css['row']}>
        <Button variant="default" onClick={() => void choose()}>
          Choose the folder…
        </Button>
        <span className={folder === null ? 'quiet' : css['path']}>{folder ?? 'None chosen yet'}</span>
      </div>
      <div className={css['row']}>
        <Button type="submit" disabled={name.trim() === '' || folder === null} loading={found.isPending}>
          Found and open it
        </Button>
      </div>
      {found.error !== null && <ErrorState error={toStatesideError(found.error)} />}
    </form>
  );
}

/** The folder of the backup; null when the person cancelled. */
async function backUpChosen(): Promise<string | null> {
  const parent = await value(bridge.shell.chooseFolder({ what: 'backup' }));
  return parent === null ? null : (await value(bridge.workspace.backUp({ parent }))).folder;
}

async function openChosen(): Promise<void> {
  const folder = await value(bridge.shell.chooseFolder({ what: 'workspace' }));
  if (folder !== null) await value(bridge.shell.openWorkspace({ folder }));
}

import { Button, Loader } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Mark } from '../components/Mark.tsx';
import { putAwayImport, type ImportLine } from './imports.ts';
import css from './JobTray.module.css';

const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

export function ImportLines({ lines }: { lines: readonly ImportLine[] }) {
  const router = useRouter();
  return lines.map(({ id, path, outcome }) => (
    <div key={id} className={css['line']} role="status">
      <span className={`${css['title']} truncate`} title={path}>
        Import of {fileName(path)}
      </span>
      <span className={css['message']}>
        {outcome.kind === 'running' && (
          <span className="quiet">
            <Loader size={12} mr={8} aria-hidden="true" />
            Copying, checking and hashing…
          </span>
        )}
        {outcome.kind === 'done' && (
          <Mark tone="pass" shape="tick">
            {outcome.name} is in the workspace
          </Mark>
        )}
        {outcome.kind === 'refused' && (
          <>
            <Mark tone="fail" shape="cross">
              Refused
            </Mark>{' '}
            {outcome.message}
          </>
        )}
      </span>
      {outcome.kind === 'done' && (
        <Button variant="default" onClick={() => router.history.push(outcome.route)}>
          Open
        </Button>
      )}
      {outcome.kind !== 'running' && (
        <Button variant="subtle" color="gray" onClick={() => putAwayImport(id)}>
          Put away
        </Button>
      )}
    </div>
  ));
}

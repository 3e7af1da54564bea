import { useState } from 'react';
import type { GateVersion } from '../../../shared/contract/gates.ts';
import { Digest } from '../../components/Digest.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { Differences } from './Differences.tsx';
import css from './Gates.module.css';
import { parsed } from './parsed.ts';

/** Who put which gates in force, when and why; each opens what it changed. */
export function Versions({ versions }: { versions: readonly GateVersion[] }) {
  if (versions.length === 0)
    return (
      <EmptyState title="As the workspace was founded">
        Nobody has changed the gates yet. Every change is kept here with who made it and why.
      </EmptyState>
    );
  return (
    <ol className={css['versions']}>
      {versions.map((version, at) => (
        <Version key={version.savedAt + version.digest} version={version} before={versions[at + 1]} />
      ))}
    </ol>
  );
}

function Version({ version, before }: { version: GateVersion; before: GateVersion | undefined }) {
  const [open, setOpen] = useState(false);
  const { revision, digest, savedAt, actor, reason } = version;
  const after = parsed(version.text);
  const old = before === undefined ? null : parsed(before.text);
  return (
    <li>
      <p className={css['version']}>
        <strong>Revision {revision}</strong>
        <Digest of={digest} />
        <span>
          {actor === null ? 'found in the file' : `by ${actor}`}, <TimeText at={savedAt} />
        </span>
        {old !== null && (
          <button type="button" className={css['open']} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide what it changed' : 'What it changed'}
          </button>
        )}
      </p>
      <p>{reason ?? <span className="quiet">Nobody noted who wrote it, or why.</span>}</p>
      {open && old !== null && 'rules' in after && 'rules' in old && (
        <Differences before={old.rules} after={after.rules} />
      )}
    </li>
  );
}

import { IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { KeyHint } from '../components/KeyHint.tsx';
import { useOverview } from '../features/workspace/queries.ts';
import css from './Frame.module.css';
import { PAGES } from './pages.ts';
import { palette } from './palette-store.ts';
import { usePlace } from './place.ts';
import { Who } from './Who.tsx';

const COMMAND_KEY = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** Where you are, what it is about, for which jurisdiction, and who you are. */
export function TopBar() {
  const path = useLocation({ select: (location) => location.pathname });
  const subject = usePlace((place) => place.subject);
  const { data: overview } = useOverview();
  const page = PAGES.find(({ to }) => to !== '/' && path.startsWith(to)) ?? PAGES[0];
  return (
    <div className={css['bar']}>
      <nav className={css['place']} aria-label="Where you are">
        <span className="quiet truncate" style={{ maxWidth: 220 }} title={overview?.workspace.path}>
          {overview?.workspace.name ?? '…'}
        </span>
        <span className={css['slash']} aria-hidden="true">
          /
        </span>
        <Link to={page.to}>{page.name}</Link>
        {subject !== null && (
          <>
            <span className={css['slash']} aria-hidden="true">
              /
            </span>
            <span className="truncate" title={subject.title}>
              {subject.text}
            </span>
          </>
        )}
      </nav>
      <button type="button" className={css['tool']} onClick={palette.open} aria-label="Find anything">
        <IconSearch size={14} aria-hidden="true" />
        Find
        <KeyHint keys={[COMMAND_KEY, 'K']} />
      </button>
      <span className={css['chip']} title="Jurisdiction of this workspace">
        {overview?.workspace.jurisdiction ?? 'US'}
        <span className="visually-hidden"> is the jurisdiction of this workspace</span>
      </span>
      <Who />
    </div>
  );
}

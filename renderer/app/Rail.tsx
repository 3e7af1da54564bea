import { useMediaQuery } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Brand } from './Brand.tsx';
import css from './Frame.module.css';
import { PAGES } from './pages.ts';
import { useWindowState } from './window-state.ts';

export function Rail() {
  const path = useLocation({ select: (location) => location.pathname });
  const roomy = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false });
  const wide = useWindowState((state) => state.railWide) && roomy;
  const set = useWindowState((state) => state.set);
  const Fold = wide ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand;
  return (
    <nav className={css['rail']} aria-label="Pages" data-narrow={wide ? undefined : ''}>
      <div className={css['brand']}>
        <Brand />
        {wide && 'Stateside'}
      </div>
      <ul className={css['pages']}>
        {PAGES.map(({ to, name, letter, icon: Icon }) => {
          const open = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
          return (
            <li key={to}>
              <Link
                to={to}
                className={css['page']}
                title={`${name} (g ${letter})`}
                data-open={open ? '' : undefined}
                aria-current={open ? 'page' : undefined}
                aria-label={name}
              >
                <Icon size={17} stroke={1.6} aria-hidden="true" />
                {wide && name}
              </Link>
            </li>
          );
        })}
      </ul>
      {roomy && (
        <button
          type="button"
          className={css['page']}
          aria-label={wide ? 'Narrow the rail' : 'Widen the rail'}
          title={wide ? 'Narrow the rail' : 'Widen the rail'}
          onClick={() => set({ railWide: !wide })}
        >
          <Fold size={17} stroke={1.6} aria-hidden="true" />
        </button>
      )}
    </nav>
  );
}

import { Link } from '@tanstack/react-router';
import css from './ReviewTabs.module.css';

const PAGES = [
  { to: '/review', name: 'Campaigns' },
  { to: '/review/history', name: 'History' },
  { to: '/review/bulk', name: 'Bulk changes' },
  { to: '/review/escalations', name: 'Escalations' },
  { to: '/review/audits', name: 'Audits' },
  { to: '/review/quality', name: 'Quality' },
  { to: '/review/policies', name: 'Policies' },
  { to: '/review/macros', name: 'Kept decisions' },
  { to: '/review/exchange', name: 'Exchange' },
] as const;

/** The pages of review, side by side. */
export function ReviewTabs() {
  return (
    <nav className={css['tabs']} aria-label="Pages of review">
      {PAGES.map(({ to, name }) => (
        <Link key={to} to={to} className={css['tab']} activeOptions={{ exact: true, includeSearch: false }}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

import { Link } from '@tanstack/react-router';
import css from './WeightsTabs.module.css';

const TABS = [
  { to: '/weights', name: 'Formula' },
  { to: '/weights/graph', name: 'Model graph' },
  { to: '/weights/tensors', name: 'Tensors' },
  { to: '/weights/changes', name: 'Changes' },
  { to: '/weights/diff', name: 'Tensors that changed' },
  { to: '/weights/embeddings', name: 'Embeddings' },
  { to: '/weights/importance', name: 'Features that matter' },
] as const;

/** The views of one release's weights; what it is compared with goes along. */
export function WeightsTabs({ release, against }: { release: string; against: string | null }) {
  return (
    <nav className={css['tabs']} aria-label="Views of the weights">
      {TABS.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          search={{ release, against: against ?? undefined }}
          activeOptions={{ exact: true, includeSearch: false }}
          className={css['tab']}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

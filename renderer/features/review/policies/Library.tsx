import { getRouteApi, Link } from '@tanstack/react-router';
import { flatten, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import css from './Policies.module.css';
import { PolicyArticle } from './PolicyArticle.tsx';

const route = getRouteApi('/frame/review/policies');

/** A version as its tree at the left and the chosen policy at the right. */
export function Library({ library }: { library: PolicyLibrary }) {
  const search = route.useSearch();
  const all = flatten(library.policies);
  const chosen = all.find(({ policy: { id } }) => id === search.policy) ?? all[0];
  return (
    <div className={css['library']}>
      <nav className={css['tree']} aria-label="Policies of this version">
        {all.map(({ policy: { id, title, severity }, depth }) => (
          <Link
            key={id}
            from="/review/policies"
            to="."
            search={{ ...search, policy: id }}
            replace
            className={css['branch']}
            style={{ paddingLeft: 8 + 16 * depth }}
            aria-current={id === chosen?.policy.id ? 'true' : undefined}
          >
            <span className="truncate">{title}</span>
            <span className={css['severity']} title={`Severity ${severity} of 4`}>
              {severity}
            </span>
          </Link>
        ))}
      </nav>
      {chosen !== undefined && <PolicyArticle key={chosen.policy.id} policy={chosen.policy} />}
    </div>
  );
}

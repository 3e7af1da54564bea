import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { usePageKeys, type PageKey } from '../../../app/keys.ts';
import { flatten, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { inSight, pathTo, searched } from '../../../../shared/domain/review/policy-tree.ts';
import { plural } from '../../../components/number.ts';
import { SearchField } from '../../../components/SearchField.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import css from './Policies.module.css';
import { PolicyArticle } from './PolicyArticle.tsx';
import { PolicyTree } from './PolicyTree.tsx';
import type { PoliciesSearch } from './search.ts';

const KEYS: readonly PageKey[] = [
  { keys: ['/'], does: 'Search the policies' },
  { keys: ['↑', '↓'], does: 'Move through the tree' },
  { keys: ['→', '←'], does: 'Open or close what is below a policy' },
];

const route = getRouteApi('/frame/review/policies');

/** A version as its tree at the left and the chosen policy at the right. */
export function Library({ library }: { library: PolicyLibrary }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  usePageKeys(KEYS);
  const { policy: wanted, q = '' } = search;
  const closed = useMemo(() => new Set(q === '' ? search.closed : []), [search.closed, q]);
  const branches = useMemo(() => inSight(searched(library.policies, q), closed), [library, q, closed]);
  const all = flatten(library.policies);
  const parents = all.filter(({ policy }) => policy.children !== undefined).map(({ policy }) => policy.id);
  const chosen = branches.find(({ policy }) => policy.id === wanted) ?? branches[0];
  const path = chosen === undefined ? null : pathTo(library, chosen.policy.id);
  const policy = path?.at(-1);
  const change = useCallback(
    (part: Partial<PoliciesSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  );
  const onSearch = useCallback((text: string) => change({ q: text === '' ? undefined : text }), [change]);
  const toggle = (id: string, open: boolean) => {
    const rest = [...closed].filter((other) => other !== id);
    const hides = !open && path?.some((above) => above.id === id) === true;
    change({ closed: open ? rest : [...rest, id], ...(hides ? { policy: id } : {}) });
  };
  return (
    <>
      <Toolbar>
        <SearchField label="Search policies, texts and reasons" value={q} onChange={onSearch} />
        <Button size="xs" variant="default" disabled={q !== ''} onClick={() => change({ closed: [] })}>
          Open all
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={q !== ''}
          onClick={() => change({ closed: parents, policy: path?.[0]?.id })}
        >
          Close all
        </Button>
        <span className="quiet" role="status">
          {q === ''
            ? plural(all.length, 'policy', 'policies')
            : `${branches.length} of ${plural(all.length, 'policy', 'policies')}, with those above what was found`}
        </span>
      </Toolbar>
      <div className={css['library']}>
        {branches.length === 0 ? (
          <p className="quiet">No policy of this version says that.</p>
        ) : (
          <PolicyTree
            label="Policies of this version"
            branches={branches}
            chosen={chosen?.policy.id}
            onChoose={(id) => change({ policy: id })}
            onToggle={toggle}
          />
        )}
        {policy !== undefined && path !== null && (
          <PolicyArticle
            key={policy.id}
            policy={policy}
            above={path.slice(0, -1)}
            onOpen={(id) => change({ policy: id })}
          />
        )}
      </div>
    </>
  );
}

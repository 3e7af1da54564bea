import { useEffect, useId, type KeyboardEvent, type MouseEvent } from 'react';
import type { Branch } from '../../../../shared/domain/review/policy-tree.ts';
import css from './Policies.module.css';

/** A tree as the ARIA practices have it: arrows walk, right and left open and close, Home and End jump. */
export function PolicyTree({
  label,
  branches,
  chosen,
  onChoose,
  onToggle,
}: {
  label: string;
  branches: readonly Branch[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onToggle: (id: string, open: boolean) => void;
}) {
  const id = useId();
  const at = branches.findIndex(({ policy }) => policy.id === chosen);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const current = branches[at];
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = {
      ArrowDown: branches[at + 1]?.policy.id,
      ArrowUp: branches[at - 1]?.policy.id,
      Home: branches[0]?.policy.id,
      End: branches.at(-1)?.policy.id,
      ArrowRight: current.open === true ? branches[at + 1]?.policy.id : undefined,
      ArrowLeft: current.open === true ? undefined : (current.parent ?? undefined),
    }[event.key];
    if (next !== undefined) onChoose(next);
    else if (event.key === 'ArrowRight' && current.open === false) onToggle(current.policy.id, true);
    else if (event.key === 'ArrowLeft' && current.open === true) onToggle(current.policy.id, false);
    else return;
    event.preventDefault();
  };
  const onClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element)) return;
    const place = target.closest<HTMLElement>('[data-place]')?.dataset['place'];
    const branch = place === undefined ? undefined : branches[Number(place)];
    if (branch === undefined) return;
    const twisted = branch.open !== null && target.closest('[data-twist]') !== null;
    if (twisted) onToggle(branch.policy.id, !branch.open);
    else onChoose(branch.policy.id);
  };
  return (
    <div
      className={css['tree']}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {branches.map(({ policy: { id: policy, title, severity }, depth, open, place, siblings }, index) => (
        <div
          key={policy}
          id={`${id}-${index}`}
          data-place={index}
          role="treeitem"
          className={css['branch']}
          style={{ paddingLeft: 8 + 16 * depth }}
          aria-level={depth + 1}
          aria-posinset={place}
          aria-setsize={siblings}
          aria-selected={policy === chosen}
          aria-expanded={open ?? undefined}
          aria-label={`${title}, severity ${severity} of 4`}
        >
          <span className={css['twist']} data-twist="" data-open={open ?? undefined} aria-hidden="true">
            {open !== null && '▸'}
          </span>
          <span className="truncate">{title}</span>
          <span className={css['severity']} title={`Severity ${severity} of 4`}>
            {severity}
          </span>
        </div>
      ))}
    </div>
  );
}

import { TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { DIAL_GROUPS, dialsOf, type Dial, type DialGroup } from '../../../../shared/domain/formula/dials.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { plural } from '../../../components/number.ts';
import { DialRow } from './DialRow.tsx';
import type { Turn } from './use-history.ts';
import css from './WhatIf.module.css';

const TITLES: Readonly<Record<DialGroup, string>> = {
  weights: 'Weights',
  factors: 'Factors',
  thresholds: 'Thresholds',
  shaping: 'Scale and clamp',
  feed: 'Diversity and length',
};
/** A group with more dials is closed at first, unless it is the weights. */
const FEW = 4;
const MANY_DIALS = 16;

/** A dial for everything of a policy that decides an order, in groups that open and close. */
export function Dials({ own, policy, onTurn }: { own: RankingPolicy; policy: RankingPolicy; onTurn: Turn }) {
  const dials = useMemo(() => dialsOf(own, policy), [own, policy]);
  const [search, setSearch] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<DialGroup>>(new Set());
  const wanted = search.trim().toLowerCase();
  const groups = DIAL_GROUPS.map((group) => ({ group, all: dials.filter((dial) => dial.group === group) }));
  const toggle = (group: DialGroup) => {
    const next = new Set(toggled);
    if (!next.delete(group)) next.add(group);
    setToggled(next);
  };
  return (
    <div className={css['dials']}>
      {dials.length > MANY_DIALS && (
        <TextInput
          size="xs"
          aria-label="Search dials"
          placeholder="Search dials"
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {groups
        .filter(({ all }) => all.length > 0)
        .map(({ group, all }) => {
          const shown = all.filter(({ label }) => label.toLowerCase().includes(wanted));
          const opens = group === 'weights' || all.length <= FEW;
          const open = wanted === '' ? opens !== toggled.has(group) : shown.length > 0;
          return (
            <Group key={group} title={TITLES[group]} dials={all} open={open} onToggle={() => toggle(group)}>
              {shown.map((dial) => (
                <DialRow key={dial.id} dial={dial} onTurn={onTurn} />
              ))}
            </Group>
          );
        })}
    </div>
  );
}

function Group({
  title,
  dials,
  open,
  onToggle,
  children,
}: {
  title: string;
  dials: readonly Dial[];
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const moved = dials.filter(({ value, own }) => value !== own).length;
  return (
    <section aria-label={title}>
      <h2 className={css['groupHead']}>
        <button type="button" className={css['group']} aria-expanded={open} onClick={onToggle}>
          <IconChevronRight size={14} aria-hidden="true" className={css['chevron']} />
          {title}
          <span className={css['groupNote']}>{plural(dials.length, 'dial')}</span>
          {moved > 0 && <span className={css['groupMoved']}>{moved} moved</span>}
        </button>
      </h2>
      {open && children}
    </section>
  );
}

import { hasNoPartBecause } from './authority.ts';
import { unusableBecause, type RosterKey } from './keyring.ts';
import { isRoot, type Roster } from './roster.ts';

/** Whether enough people of a role could sign at a moment, and what one person's leaving would do. */
export interface Reach {
  readonly role: 'approver' | 'root';
  readonly threshold: number;
  /** Names of those who could sign. */
  readonly able: string[];
  readonly reachable: boolean;
  /** Whether it stays reachable whoever of them leaves. */
  readonly survivesLoss: boolean;
}

/** Who could sign at a moment, for each threshold of a roster. `submitter`: the person whose own signature would not count. */
export function reachOf(
  roster: Roster,
  keys: readonly RosterKey[],
  at: string,
  submitter: string | null = null,
): Reach[] {
  const reach = (role: Reach['role'], may: (key: RosterKey) => boolean): Reach => {
    const threshold = roster.thresholds[role];
    const usable = keys.filter((key) => may(key) && unusableBecause(key, at) === null);
    const able = [...new Map(usable.map(({ person }) => [person.id, person.name])).values()];
    return {
      role,
      threshold,
      able,
      reachable: able.length >= threshold,
      survivesLoss: able.length > threshold,
    };
  };
  return [
    reach(
      'approver',
      ({ person }) => hasNoPartBecause(person, ['approver']) === null && person.id !== submitter,
    ),
    reach('root', ({ person }) => isRoot(roster.organisation, person)),
  ];
}

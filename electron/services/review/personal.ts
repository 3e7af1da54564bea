import { refused } from '../../../shared/domain/error.ts';
import { preferencesInForce, type OwnPreferences } from '../../../shared/domain/review/preferences.ts';
import type { Macro } from '../../../shared/domain/review/macro.ts';
import { decidedWords } from '../../../shared/domain/review/ruling-words.ts';
import { reopenSetAside } from '../../database/review/assignments.ts';
import {
  dropMacro,
  keepPreferences,
  macrosOf,
  preferencesOf,
  putMacro,
  TEAM,
} from '../../database/review/desk.ts';
import type { Part, ReviewContext } from './context.ts';
import { requireFresh, requireUnchanged, type Fact } from './fresh.ts';

/** What a person, or the team for everybody, set for the desk: care, keys, frequent decisions. */
export function personalService({
  workspace: { db },
  log,
  session,
  now,
  changed,
}: ReviewContext): Part<'preferences' | 'savePreferences' | 'macros' | 'saveMacro' | 'removeMacro'> {
  const set = () => {
    const team = preferencesOf(db, TEAM);
    const person = session.reviewer?.person;
    const own = person === undefined ? {} : preferencesOf(db, person);
    return { team, own, inForce: preferencesInForce(team, own) };
  };
  return {
    preferences: async () => set(),
    async savePreferences({ scope, preferences, reset = [] }) {
      const { reviewer } = session.require();
      const whose = scope === 'team' ? TEAM : reviewer.person;
      db.transaction(() => {
        const before = preferencesOf(db, whose);
        const kept: OwnPreferences = { ...before, ...preferences };
        for (const name of reset) delete kept[name];
        keepPreferences(db, whose, kept);
        // whether a feed that was left to others still has such a topic is seen when it is claimed
        if (JSON.stringify(before.optOut) !== JSON.stringify(kept.optOut))
          reopenSetAside(db, scope === 'team' ? null : reviewer.person);
        // A person's own care is nobody else's business; the team's default is.
        if (scope === 'own') return;
        log.append({
          ...{ at: now(), actor: reviewer.person, action: 'review.preferences', subject: 'team' },
          body: { preferences: JSON.stringify(kept) },
        });
      }).immediate();
      changed('review', 'audit');
      return set();
    },
    macros: async () => macrosOf(db, session.reviewer?.person ?? TEAM),
    async saveMacro({ was, ...macro }) {
      const { person } = session.require().reviewer;
      db.transaction(() => {
        const kept = macrosOf(db, person).find(({ id }) => id === macro.id);
        requireFresh('kept decision', was, kept, factsOf);
        if (!putMacro(db, person, macro))
          throw refused(`The macro “${macro.name}” is another person's; save it under a name of your own.`);
      }).immediate();
      changed('review');
      return macrosOf(db, person);
    },
    async removeMacro({ was }) {
      const { person } = session.require().reviewer;
      db.transaction(() => {
        const kept = macrosOf(db, person).find(({ id }) => id === was.id);
        if (kept !== undefined) requireUnchanged('kept decision', was, kept, factsOf);
        if (!dropMacro(db, person, was.id)) throw refused('The macro is gone already, or another person’s.');
      }).immediate();
      changed('review');
      return macrosOf(db, person);
    },
  };
}

function factsOf({ name, key, shared, ruling }: Macro): Fact[] {
  const { note, ...decided } = ruling;
  return [
    ['name', name, `“${name}”`],
    ['key', key, key === null ? 'none' : `“${key}”`],
    ['owner', shared, shared ? 'the team' : 'one person'],
    ['decision', decided, `“${decidedWords({ kind: 'item', itemId: '', revealed: false, ...ruling })}”`],
    ['note', note, note === '' ? 'empty' : `“${note}”`],
  ];
}

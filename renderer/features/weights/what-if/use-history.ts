import { useCallback, useEffect, useReducer } from 'react';
import { turned } from '../../../../shared/domain/formula/dials.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { isTyping } from '../../../app/keys.ts';
import { begun, redone, tried, undone, type History } from './history.ts';

type Act =
  | {
      readonly kind: 'turn';
      readonly id: string;
      readonly value: number | string | null;
      readonly at: number;
    }
  | { readonly kind: 'set'; readonly policy: RankingPolicy; readonly at: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

function next(history: History, act: Act): History {
  if (act.kind === 'undo') return undone(history);
  if (act.kind === 'redo') return redone(history);
  if (act.kind === 'set') return tried(history, act.policy, null, act.at);
  return tried(history, turned(history.now.policy, act.id, act.value), act.id, act.at);
}

export type Turn = (id: string, value: number | string | null) => void;

/** The policy of a what-if with its undo, also on Ctrl/Cmd-Z, and redo, on Shift with it or Ctrl-Y. */
export function useHistory(own: RankingPolicy) {
  const [history, act] = useReducer(next, own, begun);
  const turn: Turn = useCallback((id, value) => act({ kind: 'turn', id, value, at: performance.now() }), []);
  const set = useCallback((policy: RankingPolicy) => act({ kind: 'set', policy, at: performance.now() }), []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
      const isDial = event.target instanceof Element && event.target.closest('[data-dial]') !== null;
      if (isTyping(event) && !isDial) return;
      event.preventDefault();
      act({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return {
    policy: history.now.policy,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    turn,
    set,
    undo: useCallback(() => act({ kind: 'undo' }), []),
    redo: useCallback(() => act({ kind: 'redo' }), []),
  };
}

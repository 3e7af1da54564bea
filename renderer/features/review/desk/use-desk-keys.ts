import { useEffect } from 'react';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import { useKeys } from '../../../app/keys.ts';
import { COMMANDS, type Command } from './commands.ts';

/** Names the keys of the desk, the person's own and those of kept decisions, for the sheet that `?` shows. */
export function useDeskKeys(keys: Record<Command, string>, macros: readonly Macro[]): void {
  const own = JSON.stringify([
    ...COMMANDS.map(({ id, does }) => ({ keys: [keys[id]], does })),
    ...macros.flatMap(({ key, name }) =>
      key === null ? [] : [{ keys: [key], does: `Kept decision: ${name}` }],
    ),
  ]);
  useEffect(() => {
    useKeys.setState({ pageKeys: JSON.parse(own) });
    return () => useKeys.setState({ pageKeys: [] });
  }, [own]);
}

import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useKeyPress } from '../../../app/keys.ts';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { useStill } from '../../review/queries.ts';
import css from './ItemStill.module.css';

/** A still of the item as the snapshot has it, blurred and grey until somebody asks to see it. */
export function ItemStill({ snapshot, itemId, title }: { snapshot: string; itemId: string; title: string }) {
  const still = useStill(snapshot, itemId, true);
  const [shown, setShown] = useState(false);
  useKeyPress(
    useCallback((event) => {
      if (event.key === 'z') setShown((shown) => !shown);
    }, []),
  );
  if (still.error !== null) return <p className="quiet">The still cannot be read: {still.error.message}</p>;
  if (typeof still.data !== 'string') return null;
  return (
    <div className={css['still']}>
      <div className={css['frame']}>
        <img
          src={still.data}
          alt={shown ? `Still of ${title}` : `Still of ${title}, blurred`}
          data-shown={shown ? '' : undefined}
        />
      </div>
      <Button
        variant="default"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        rightSection={<KeyHint keys={['z']} />}
      >
        {shown ? 'Blur the still' : 'Show the still'}
      </Button>
    </div>
  );
}

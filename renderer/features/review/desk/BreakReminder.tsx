import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePreferences } from '../queries.ts';
import css from './Desk.module.css';

const MINUTE_MS = 60_000;
/** Since when the person works without a break, for as long as the window is open. */
let workingSince = Date.now();

/** Offers a break after as many minutes as the person or the team chose. It asks for nothing and promises nothing. */
export function BreakReminder() {
  const { data } = usePreferences();
  const after = data?.inForce.breakAfter ?? null;
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const count = () => setMinutes(Math.floor((Date.now() - workingSince) / MINUTE_MS));
    count();
    const timer = setInterval(count, MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
  if (after === null || minutes < after) return null;
  return (
    <div className={css['break']} role="status">
      <span>You have been at this for {minutes} minutes. A short break may do you good.</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          workingSince = Date.now();
          setMinutes(0);
        }}
      >
        I am back
      </Button>
    </div>
  );
}

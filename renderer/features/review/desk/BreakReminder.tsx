import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePreferences } from '../queries.ts';
import { WorkClock } from './work-clock.ts';
import css from './Desk.module.css';

const COUNTED_EVERY_MS = 30_000;
const TOUCHES = ['keydown', 'pointermove', 'pointerdown'] as const;

/** For as long as the window is open. */
const clock = new WorkClock();

/** Offers a break after as many minutes as the person or the team chose. It asks for nothing and promises nothing. */
export function BreakReminder({ person }: { person: string }) {
  const { data } = usePreferences();
  const after = data?.inForce.breakAfter ?? null;
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const touch = () => clock.touch(person, Date.now());
    const count = () => setMinutes(clock.minutes(person, Date.now()));
    touch();
    count();
    const timer = setInterval(count, COUNTED_EVERY_MS);
    for (const name of TOUCHES) window.addEventListener(name, touch);
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch);
    };
  }, [person]);
  if (after === null || minutes < after) return null;
  return (
    <div className={css['break']} role="status">
      <span>You have been at this for {minutes} minutes. A short break may do you good.</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          clock.rest(Date.now());
          setMinutes(0);
        }}
      >
        I am back
      </Button>
    </div>
  );
}

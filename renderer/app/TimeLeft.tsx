import { useEffect, useReducer } from 'react';

const LOOK_EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

/** How long until an instant, in words that change as it comes nearer; give it a key, so that another begins anew. */
export function TimeLeft({ until }: { until: string }) {
  const [now, look] = useReducer(
    () => Date.now(),
    null,
    () => Date.now(),
  );
  useEffect(() => {
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{timeLeft(Date.parse(until) - now)}</>;
}

/** "3 h 20 min", "12 min", "less than a minute": rounded up to the minute. */
function timeLeft(ms: number): string {
  if (ms < MINUTE_MS) return 'less than a minute';
  const minutes = Math.ceil(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

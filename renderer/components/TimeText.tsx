import { localTime, utcTime } from './time.ts';

/** An instant in local time; UTC on hover. */
export function TimeText({ at, dateOnly = false }: { at: string; dateOnly?: boolean }) {
  return (
    <time dateTime={at} title={utcTime(at)}>
      {localTime(at, dateOnly)}
    </time>
  );
}

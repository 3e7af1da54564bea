/** The hour and minute here, and the day where it is another one. */
export function localTime(at: string): string {
  const date = new Date(at);
  const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString('en-GB', today ? minute : { ...minute, day: 'numeric', month: 'short' });
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const minute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** Local time of an ISO instant, or the text itself when it is no instant. */
export function localTime(at: string, dateOnly = false): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return (dateOnly ? day : minute).format(date);
}

/** The same instant in UTC, to the second. */
export function utcTime(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

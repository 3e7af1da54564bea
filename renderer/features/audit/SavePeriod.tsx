import { bridge, value } from '../../app/bridge.ts';
import { plural } from '../../components/number.ts';
import { SaveFile } from '../../components/SaveFile.tsx';
import { periodOf, type LogSearch } from './search.ts';

/** Writes the chosen days of the log, or all of it, with what proves them to a file; a long one as a job of the tray. */
export function SavePeriod({ of: { from, until } }: { of: Pick<LogSearch, 'from' | 'until'> }) {
  const days = [from, until].filter((day) => day !== '');
  const suggestedName = `log-${days.length === 0 ? 'all' : days.join('-')}.json`;
  return (
    <SaveFile
      label={days.length === 0 ? 'Export the log…' : 'Export this period…'}
      save={() => value(bridge.shell.saveLog({ ...periodOf({ from, until }), suggestedName }))}
      more={({ entries }) => `: ${plural(entries, 'entry', 'entries')}`}
    />
  );
}

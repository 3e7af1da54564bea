import { Alarm } from '../../components/Alarm.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { useWitnesses } from './queries.ts';

/** Every head kept elsewhere that this log contradicts, as loud as the window can be; it cannot be put away. */
export function LogAlarms() {
  const { data: witnesses = [] } = useWitnesses();
  const alarms = witnesses.filter(({ alarm }) => alarm !== null);
  if (alarms.length === 0) return null;
  return (
    <Alarm title="Do not trust this audit log">
      {alarms.map(({ root, size, keptBy, at, alarm }) => (
        <p key={`${root} ${size}`}>
          {alarm}. The head was kept by {keptBy} and came back <TimeText at={at} />.
        </p>
      ))}
      <p>Sign nothing here. Compare this machine with the one the head came from, and call your auditor.</p>
    </Alarm>
  );
}

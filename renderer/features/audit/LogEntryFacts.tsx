import type { LogEntryRow } from '../../../shared/contract/audit.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Facts } from '../../components/Facts.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { actionWords } from './words.ts';

export function LogEntryFacts({ entry }: { entry: LogEntryRow }) {
  return (
    <>
      <Facts
        of={[
          ['At', <TimeText key="at" at={entry.at} />],
          ['Who', entry.actor],
          ['Did', `${actionWords(entry.action)} (${entry.action})`],
          ['To what', entry.subject],
          ['Leaf hash', <Digest key="leaf" of={entry.leafHash} whole />],
        ]}
      />
      <Code label="Body of the entry" text={indented(entry.body)} />
    </>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

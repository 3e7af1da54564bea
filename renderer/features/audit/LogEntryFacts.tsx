import type { LogEntryRow } from '../../../shared/contract/audit.ts';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Facts } from '../../components/Facts.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { EntryProof } from './EntryProof.tsx';
import { EntryTexts } from './EntryTexts.tsx';
import { SubjectName } from './SubjectName.tsx';
import { actionWords } from './words.ts';

/** One entry whole: what it says, the texts beside it, and the proof that it stands in the log. */
export function LogEntryFacts({ entry, onRedacted }: { entry: LogEntryRow; onRedacted: () => void }) {
  return (
    <>
      <Facts
        of={[
          ['At', <TimeText key="at" at={entry.at} />],
          ['Who', entry.actor],
          ['Did', `${actionWords(entry.action)} (${entry.action})`],
          [
            'To what',
            <span key="subject">
              <SubjectName subject={entry.subject} linked />{' '}
              {/^[0-9a-f]{64}$/.test(entry.subject) && <Digest of={entry.subject} />}
            </span>,
          ],
          ['Leaf hash', <Digest key="leaf" of={entry.leafHash} whole />],
        ]}
      />
      <Code label="Body of the entry" text={indented(entry.body)} />
      <EntryTexts seq={entry.seq} onRedacted={onRedacted} />
      <EntryProof seq={entry.seq} />
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

import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import { Section } from '../../components/Section.tsx';
import { hexOf } from './base64.ts';
import { useProof } from './queries.ts';

/** That an entry stands in the log: the hashes from its leaf to the signed root, to be checked anywhere. */
export function EntryProof({ seq }: { seq: number }) {
  const proof = useProof(seq);
  return (
    <Section title="Inclusion proof" note="RFC 6962, as a C2SP tlog-proof">
      <Loaded query={proof}>
        {({ fileName, text, size, hashes, key }) => (
          <>
            <Facts
              of={[
                [
                  'Proves',
                  `that entry ${formatCount(seq)} is one of the ${plural(size, 'entry', 'entries')} under the newest head`,
                ],
                [
                  'By',
                  hashes.length === 0 ? (
                    'no further hash: the entry is the whole log'
                  ) : (
                    <span key="hashes">
                      {plural(hashes.length, 'hash', 'hashes')}:{' '}
                      {hashes.map((hash) => (
                        <span key={hash}>
                          <Digest of={hexOf(hash)} />{' '}
                        </span>
                      ))}
                    </span>
                  ),
                ],
                [
                  'Signed by',
                  <span key="key" className="mono" style={{ overflowWrap: 'anywhere' }}>
                    {key}
                  </span>,
                ],
              ]}
            />
            <details style={{ margin: '8px 0' }}>
              <summary>Read the proof</summary>
              <Code label="Inclusion proof" text={text} />
            </details>
            <SaveText label="Export proof…" make={() => Promise.resolve({ fileName, text })} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

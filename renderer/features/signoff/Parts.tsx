import { Link } from '@tanstack/react-router';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import type { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { Digest } from '../../components/Digest.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Mark } from '../../components/Mark.tsx';
import { listOf, plural } from '../../components/number.ts';
import { Ranker } from '../../components/Ranker.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { releaseName } from '../releases/rows.ts';
import { Article } from './Article.tsx';
import css from './Document.module.css';
import { Signature } from './Signature.tsx';
import { predicateOf } from './statement.ts';

interface Props {
  release: ReleaseDetail;
  signoff: SignoffDetail;
}

export function Heading({ release, signoff }: Props) {
  const { verdict, approvals, threshold } = signoff;
  const name = releaseName(release);
  return (
    <header className={css['heading']}>
      <h2>
        {verdict === 'approved' && `${name} is approved for ranking US feeds`}
        {verdict === 'refused' && `${name} is refused for ranking US feeds`}
        {verdict === 'open' && `Whether ${name} may rank US feeds`}
      </h2>
      <p>
        {plural(approvals, 'approval')} of {threshold} needed, by roster version {signoff.rosterVersion}.
      </p>
    </header>
  );
}

export function TheRelease({ release, signoff }: Props) {
  const predicate = predicateOf(signoff.statement?.json ?? null);
  const baseline = predicate?.replays[0]?.baseline;
  return (
    <>
      <Article title="What">
        <Facts
          of={[
            [
              'Release',
              <span key="release">
                <Link to="/releases/$digest" params={{ digest: release.digest }}>
                  {releaseName(release)}
                </Link>{' '}
                <Digest of={release.digest} />
              </span>,
            ],
            ['Submitted by', release.manifest.submitted_by],
            ['Intended use', release.manifest.intended_use],
            [
              'Trained on',
              <Link
                key="trained"
                to="/releases/$digest"
                params={{ digest: release.digest }}
                search={{ tab: 'training-data' }}
              >
                {listOf(
                  release.trainingData.datasets.map(({ name, jurisdiction }) => `${name} (${jurisdiction})`),
                )}
              </Link>,
            ],
            ['Model signature', <ModelSignatureMark key="signature" of={release.modelSignature} />],
          ]}
        />
      </Article>
      <Article title="Compared with what">
        {baseline === undefined ? (
          <p>
            {signoff.replays[0] === undefined
              ? 'Nothing yet: no finished replay has this release as its candidate.'
              : `${signoff.replays[0].baseline}, on ${signoff.replays[0].snapshot}${signoff.statement === null ? '; not frozen yet' : ''}.`}
          </p>
        ) : (
          <p>
            <Ranker side="baseline" ranker={baseline} /> on the same{' '}
            {plural(predicate?.replays[0]?.requests ?? 0, 'logged request')} of{' '}
            {predicate?.snapshots.map(({ name }) => name).join(', ')}.
          </p>
        )}
        {(signoff.statement === null || predicate !== null) && (
          <ChangesLine release={release} changes={predicate?.changes} />
        )}
      </Article>
    </>
  );
}

/** Where one reads what changed since the parent; its digest where it is part of the frozen evidence. */
function ChangesLine({
  release,
  changes,
}: {
  release: ReleaseDetail;
  changes: ReleaseStatement['predicate']['changes'];
}) {
  const { parent } = release.manifest;
  if (parent === null) return null;
  return (
    <p className={css['prose']} style={{ marginTop: 8 }}>
      <Link to="/weights/changes" search={{ release: release.digest, against: changes?.parent.digest }}>
        What changed since {parent}
      </Link>
      {changes === undefined ? (
        ', which is not part of frozen evidence.'
      ) : (
        <>
          : document <Digest of={changes.digest} />, part of this evidence.
        </>
      )}
    </p>
  );
}

/** Who signed the bytes of the bundle, beside who approves them. */
function ModelSignatureMark({ of: { status, key } }: { of: ReleaseDetail['modelSignature'] }) {
  if (status === 'signed by a trusted key')
    return (
      <Mark tone="pass" shape="tick">
        Signed by {key}
      </Mark>
    );
  return status === 'not signed' ? (
    <span className="quiet">the bundle brought none</span>
  ) : (
    <Mark tone="unknown" shape="half">
      Signed by a key that this workspace does not know
    </Mark>
  );
}

export function SignedBy({ signoff }: { signoff: SignoffDetail }) {
  return (
    <Article title="Who signed">
      {signoff.decisions.length === 0 ? (
        <p>Nobody yet.</p>
      ) : (
        <div className={css['signatures']}>
          {signoff.decisions.map((decision) => (
            <Signature key={`${decision.keyId} ${decision.at}`} decision={decision} />
          ))}
        </div>
      )}
      {signoff.statement !== null && (
        <p className={css['fine']} style={{ marginTop: 16 }}>
          Statement <Digest of={signoff.statement.digest} />, frozen{' '}
          <TimeText at={signoff.statement.frozenAt} />
        </p>
      )}
    </Article>
  );
}

import { Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { useSubject } from '../../app/place.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Mark } from '../../components/Mark.tsx';
import { Page } from '../../components/Page.tsx';
import { useRelease } from '../releases/queries.ts';
import { ReleaseStateMark } from '../releases/ReleaseStateMark.tsx';
import { releaseName } from '../releases/rows.ts';
import { ActionButton } from './ActionButton.tsx';
import { Article } from './Article.tsx';
import { decisionsOf } from './decisions.ts';
import css from './Document.module.css';
import { Evidence } from './Evidence.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { History } from './History.tsx';
import { Machines } from './Machines.tsx';
import { Heading, SignedBy, TheRelease } from './Parts.tsx';
import { MissingSteps } from './MissingSteps.tsx';
import { useSignoff } from './queries.ts';
import { SignatureForm } from './SignatureForm.tsx';
import { WhoLooked } from './WhoLooked.tsx';

const route = getRouteApi('/frame/signoff/$digest');

/** The sign-off of one release, to be read from top to bottom and signed at the end. */
export function SignoffPage() {
  const { digest } = route.useParams();
  const release = useRelease(digest);
  const signoff = useSignoff(digest);
  const name = release.data === undefined ? undefined : releaseName(release.data);
  useSubject(name, digest);
  return (
    <Page
      title={name === undefined ? 'Sign-off' : `Sign-off of ${name}`}
      lead={signoff.data && <ReleaseStateMark state={signoff.data.state} />}
      actions={
        signoff.data &&
        signoff.data.decisions.length > 0 && (
          <ExportButtons releaseDigest={digest} approved={signoff.data.verdict === 'approved'} />
        )
      }
    >
      <Loaded query={release}>
        {(release) => (
          <Loaded query={signoff}>{(signoff) => <Document release={release} signoff={signoff} />}</Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Document({ release, signoff }: { release: ReleaseDetail; signoff: SignoffDetail }) {
  const { statement, state, actions, history, standing, team } = signoff;
  return (
    <article className={css['document']}>
      <Heading release={release} signoff={signoff} />
      {standing !== null && (
        <p className={css['standing']} role="alert">
          <Mark tone="fail" shape="cross">
            The signatures do not bear it out
          </Mark>{' '}
          {standing}
        </p>
      )}
      <TheRelease release={release} signoff={signoff} />
      <Article title="On which evidence">
        <Evidence signoff={signoff} open={state === 'in review'} />
      </Article>
      <WhoLooked signoff={signoff} />
      {signoff.missing.length > 0 && (
        <Article title="What is missing">
          <MissingSteps release={release} steps={signoff.missing} />
        </Article>
      )}
      {history.length > 0 && (
        <Article title="What happened">
          <History history={history} />
        </Article>
      )}
      <SignedBy signoff={signoff} />
      {team === 'us' && (
        <Article title="Signed elsewhere">
          <Machines signoff={signoff} />
        </Article>
      )}
      {actions.length > 0 && (
        <Article title="What can be done">
          <Group gap="sm">
            {actions.map((action) => (
              <ActionButton
                key={action.action}
                name={releaseName(release)}
                signoff={signoff}
                action={action}
              />
            ))}
          </Group>
        </Article>
      )}
      {statement !== null && decisionsOf(signoff).length > 0 && (
        <Article title="Your decision" id="sign">
          {signoff.withheld === null ? (
            <SignatureForm name={releaseName(release)} signoff={signoff} statement={statement} />
          ) : (
            <p>Nobody signs what they may not read: a part of this evidence is withheld from you.</p>
          )}
        </Article>
      )}
    </article>
  );
}

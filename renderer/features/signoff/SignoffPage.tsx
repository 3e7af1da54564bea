import { Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { useSubject } from '../../app/place.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { useRelease } from '../releases/queries.ts';
import { releaseName } from '../releases/rows.ts';
import { ActionButton } from './ActionButton.tsx';
import { Article } from './Article.tsx';
import css from './Document.module.css';
import { Evidence } from './Evidence.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { Heading, SignedBy, TheRelease, WhoLooked } from './Parts.tsx';
import { MissingSteps } from './MissingSteps.tsx';
import { useSignoff } from './queries.ts';
import { SignatureForm } from './SignatureForm.tsx';
import { SignoffVerdict } from './SignoffVerdict.tsx';

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
      lead={signoff.data && <SignoffVerdict verdict={signoff.data.verdict} />}
      actions={signoff.data && signoff.data.decisions.length > 0 && <ExportButtons releaseDigest={digest} />}
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
  return (
    <article className={css['document']}>
      <Heading release={release} signoff={signoff} />
      <TheRelease release={release} signoff={signoff} />
      <Article title="On which evidence">
        <Evidence signoff={signoff} open={signoff.state === 'in review'} />
      </Article>
      <WhoLooked signoff={signoff} />
      {signoff.standing !== null && <p className={css['prose']}>{signoff.standing}</p>}
      {signoff.missing.length > 0 && (
        <Article title="What is missing">
          <MissingSteps release={release} steps={signoff.missing} />
        </Article>
      )}
      <SignedBy signoff={signoff} />
      {signoff.actions.length > 0 && (
        <Article title="What can be done with it">
          <Group gap="sm">
            {signoff.actions.map((action) => (
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
      {signoff.statement !== null && signoff.state === 'in review' && (
        <Article title="Your decision" id="sign">
          <SignatureForm name={releaseName(release)} signoff={signoff} statement={signoff.statement} />
        </Article>
      )}
    </article>
  );
}

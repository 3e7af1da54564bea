import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import { useSubject } from '../../app/place.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Digest } from '../../components/Digest.tsx';
import { LoadedPage } from '../../components/LoadedPage.tsx';
import { Markdown } from '../../components/markdown/Markdown.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { FilesTable } from './FilesTable.tsx';
import { Manifest } from './Manifest.tsx';
import { ModelSection } from './ModelSection.tsx';
import { PolicySection } from './PolicySection.tsx';
import { useRelease } from './queries.ts';
import { ReleaseStateMark } from './ReleaseStateMark.tsx';
import { capital, releaseName } from './rows.ts';
import { ReleaseSearch, TABS } from './search.ts';
import { TrainingDataTable } from './TrainingDataTable.tsx';

const route = getRouteApi('/frame/releases/$digest');

export function ReleasePage() {
  const { digest } = route.useParams();
  const query = useRelease(digest);
  useSubject(query.data && releaseName(query.data), digest);
  return (
    <LoadedPage title="Release" query={query}>
      {(release) => <Release release={release} />}
    </LoadedPage>
  );
}

function Release({ release }: { release: ReleaseDetail }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const name = releaseName(release);
  const { digest } = release;
  return (
    <Page
      title={name}
      lead={
        <>
          <ReleaseStateMark state={release.state} />
          {release.standing !== null && <span>{release.standing}</span>}
          <span>
            Imported <TimeText at={release.importedAt} />
          </span>
          <Digest of={digest} />
        </>
      }
      actions={
        <>
          <ButtonLink to="/weights/changes" search={{ release: digest }}>
            Changes
          </ButtonLink>
          <ButtonLink to="/replay" search={{ candidate: digest }}>
            Replay as candidate
          </ButtonLink>
          <ButtonLink to="/signoff/$digest" params={{ digest }}>
            Sign-off
          </ButtonLink>
        </>
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(tab) => void navigate({ search: ReleaseSearch.parse({ tab }), replace: true })}
      >
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name} fz="sm">
              {capital(name.replace('-', ' '))}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="papers" pt="sm">
          <Section title="Manifest" note="release.yaml">
            <Manifest release={release} />
          </Section>
          <Section title="Model card" note="model-card.md">
            <Markdown source={release.modelCard} />
          </Section>
        </Tabs.Panel>
        <Tabs.Panel value="policy" pt="sm">
          <PolicySection release={release} />
        </Tabs.Panel>
        <Tabs.Panel value="model" pt="sm">
          <ModelSection release={release} />
        </Tabs.Panel>
        <Tabs.Panel value="training-data" pt="sm">
          <Section title="Data the model was trained on" note="training-data.json">
            <TrainingDataTable release={release} />
          </Section>
        </Tabs.Panel>
        <Tabs.Panel value="files" pt="sm">
          <FilesTable release={release} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

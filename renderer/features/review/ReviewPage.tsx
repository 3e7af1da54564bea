import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Ranker } from '../../components/Ranker.tsx';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import { NewCampaign } from './NewCampaign.tsx';
import { useCampaigns, useReviewer } from './queries.ts';
import { Unlock } from './Unlock.tsx';

/** Campaigns and how far they are; the way to the desk. */
export function ReviewPage() {
  const reviewer = useReviewer();
  const campaigns = useCampaigns();
  return (
    <Page title="Review" lead="People judge feeds; what they decide is evidence">
      <Section title="Who reviews here">
        <Loaded query={reviewer}>{(reviewer) => <Unlock reviewer={reviewer} />}</Loaded>
      </Section>
      <Section title="Campaigns">
        <Loaded query={campaigns}>
          {(campaigns) =>
            campaigns.length === 0 ? (
              <EmptyState title="No campaign yet">
                A campaign draws feeds from a finished replay for people to judge. Draw the first one below.
              </EmptyState>
            ) : (
              <Table
                label="Campaigns"
                rows={campaigns}
                rowKey={({ id }) => id}
                columns={[
                  {
                    name: 'Campaign',
                    render: ({ id, name }) => (
                      <Link to="/review/$id" params={{ id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { name: 'Release', render: ({ release }) => <Ranker side="candidate" ranker={release} /> },
                  { name: 'Shown', render: ({ mode }) => mode },
                  {
                    name: 'Drawn',
                    render: ({ coverage }) =>
                      coverage.strata
                        .map(({ method, begun, feeds }) => `${method} ${begun} of ${feeds}`)
                        .join(', '),
                  },
                  {
                    name: 'Fully reviewed',
                    right: true,
                    render: ({ coverage }) => `${coverage.reviewed} of ${coverage.feeds}`,
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
      <Section title="New campaign">
        <NewCampaign />
      </Section>
    </Page>
  );
}

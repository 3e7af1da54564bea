import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Table } from '../../../components/Table.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { formatCount } from '../../../components/number.ts';
import { useCampaigns, useReviewer } from '../queries.ts';
import css from './Exchange.module.css';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { ExportCampaign } from './ExportCampaign.tsx';
import { Merge } from './Merge.tsx';
import { Reasons } from './Reasons.tsx';

/** What goes between workspaces and out of them: signed campaigns, and statements of reasons. */
export function ExchangePage() {
  const campaigns = useCampaigns();
  const { data: reviewer = null } = useReviewer();
  const locked = reviewer === null;
  return (
    <Page
      title="Exchange"
      lead={
        locked
          ? 'Unlock your key on the campaigns page to sign and merge campaigns'
          : `Campaigns are signed by ${reviewer.name}`
      }
    >
      <ReviewTabs />
      <Section title="Take in decisions made elsewhere">
        <Merge locked={locked} />
      </Section>
      <Section
        title="Hand a campaign on"
        note="Definition, policies, every decision and every escalation step"
      >
        <p className={css['caution']}>
          A campaign’s file holds which release stands at which side and the answers of golden feeds, because
          its feeds cannot be shown without. The window keeps them from reviewers; the file itself is not
          sealed, so whoever holds it can read them with another program. Hand it to who keeps the other
          workspace, not to somebody who judges blind.
        </p>
        <Loaded query={campaigns}>
          {(campaigns) =>
            campaigns.length === 0 ? (
              <EmptyState title="No campaign yet">
                Draw a campaign, or merge one that another workspace exported.
              </EmptyState>
            ) : (
              <Table
                label="Campaigns to export"
                middle
                rows={campaigns}
                rowKey={({ id }) => id}
                columns={[
                  { name: 'Campaign', render: ({ name }) => name },
                  { name: 'Begun', render: ({ createdAt }) => <TimeText at={createdAt} /> },
                  {
                    name: 'Fully reviewed',
                    right: true,
                    render: ({ coverage }) =>
                      `${formatCount(coverage.reviewed)} of ${formatCount(coverage.feeds)}`,
                  },
                  {
                    name: 'Signed file',
                    width: '320px',
                    render: ({ id, name }) => <ExportCampaign id={id} name={name} locked={locked} />,
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Section>
      <Section title="Statements of reasons">
        <Reasons />
      </Section>
    </Page>
  );
}

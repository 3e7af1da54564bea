import { Button } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { Campaigns } from './Campaigns.tsx';
import { NewCampaign } from './NewCampaign.tsx';
import { useCampaigns, useReviewer } from './queries.ts';
import { Queues } from './Queues.tsx';
import { ReviewTabs } from './ReviewTabs.tsx';
import { Unlock } from './Unlock.tsx';

/** Campaigns and queues, how far they are, and the way to the desk. */
export function ReviewPage() {
  const reviewer = useReviewer();
  const campaigns = useCampaigns();
  const [drawing, setDrawing] = useState(false);
  const draw = (
    <Button disabled={reviewer.data === null} onClick={() => setDrawing(true)}>
      New campaign…
    </Button>
  );
  return (
    <Page
      title="Review"
      lead={
        reviewer.data === null || reviewer.data === undefined ? (
          'People judge feeds; what they decide is evidence'
        ) : (
          <Unlock reviewer={reviewer.data} />
        )
      }
      actions={draw}
    >
      <ReviewTabs />
      {reviewer.data === null && (
        <Section title="Who reviews here" note="every decision carries the key of whoever made it">
          <Unlock reviewer={null} />
        </Section>
      )}
      <Section title="Campaigns">
        <Loaded query={campaigns}>
          {(campaigns) =>
            campaigns.length === 0 ? (
              <EmptyState title="No campaign yet">
                A campaign draws feeds from a finished replay for people to judge. Unlock a key, then draw the
                first one.
              </EmptyState>
            ) : (
              <Campaigns campaigns={campaigns} />
            )
          }
        </Loaded>
      </Section>
      <Section title="Queues" note="feeds of all campaigns in the order they are worked">
        <Queues editable={reviewer.data !== null && reviewer.data !== undefined} />
      </Section>
      {drawing && <NewCampaign onClose={() => setDrawing(false)} />}
    </Page>
  );
}

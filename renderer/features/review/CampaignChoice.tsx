import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Section } from '../../components/Section.tsx';
import { Toolbar } from '../../components/Toolbar.tsx';
import { useCampaigns, useReviewer } from './queries.ts';
import { Unlock } from './Unlock.tsx';

/** What a page says of one campaign to the person at this window; the newest where none was chosen. */
export function CampaignChoice({
  chosen,
  empty,
  onChoose,
  children,
}: {
  chosen: string | undefined;
  /** What will stand here once there is a campaign. */
  empty: string;
  onChoose: (campaign: string) => void;
  children: (campaign: string, leads: boolean) => ReactNode;
}) {
  const campaigns = useCampaigns();
  const reviewer = useReviewer();
  if (reviewer.data === null)
    return (
      <Section title="Who you are" note="leads see everybody, reviewers themselves">
        <Unlock reviewer={null} />
      </Section>
    );
  return (
    <Loaded query={reviewer}>
      {(reviewer) => (
        <Loaded query={campaigns}>
          {(campaigns) => {
            const campaign = chosen ?? campaigns[0]?.id;
            if (campaign === undefined) return <EmptyState title="No campaign yet">{empty}</EmptyState>;
            const leads = reviewer?.roles.some((role) => role === 'analyst' || role === 'approver') ?? false;
            return (
              <>
                <Toolbar>
                  <Select
                    size="xs"
                    w={280}
                    aria-label="Campaign"
                    allowDeselect={false}
                    data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
                    value={campaign}
                    onChange={(id) => id !== null && onChoose(id)}
                  />
                </Toolbar>
                {children(campaign, leads)}
              </>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { CampaignChoice } from '../CampaignChoice.tsx';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { AuditsDone } from './AuditsDone.tsx';
import { Sample } from './Sample.tsx';

const route = getRouteApi('/frame/review/audits');

/** A lead's look at the decisions of others, drawn by chance; reviewers read what was found of their own. */
export function AuditsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="Audits" lead="Leads look at decisions of others, drawn by chance, each decision once">
      <ReviewTabs />
      <CampaignChoice
        chosen={search.campaign}
        empty="Once a campaign has decisions, a lead draws some of them here and says what they find."
        onChoose={(campaign) => void navigate({ search: { campaign } })}
      >
        {(campaign, leads) => (
          <>
            <Section title="To audit">
              {leads ? (
                <Sample key={campaign} campaign={campaign} />
              ) : (
                <p className="quiet">
                  An analyst or approver audits; below is what they found of your decisions.
                </p>
              )}
            </Section>
            <AuditsDone campaign={campaign} leads={leads} />
          </>
        )}
      </CampaignChoice>
    </Page>
  );
}

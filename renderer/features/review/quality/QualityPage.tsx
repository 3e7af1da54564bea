import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { bridge, value } from '../../../app/bridge.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { CampaignChoice } from '../CampaignChoice.tsx';
import { usePolicyTitles, usePolicyTree } from '../policies/queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { PolicyFigures } from './PolicyFigures.tsx';
import css from './Quality.module.css';
import { ReviewerFigures } from './ReviewerFigures.tsx';

const route = getRouteApi('/frame/review/quality');

/** How reviewers and policies do: golden feeds, second reviews, audits, pace. A reviewer sees themselves and the team. */
export function QualityPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="Quality" lead="Figures to learn from: each with how much it rests on">
      <ReviewTabs />
      <CampaignChoice
        chosen={search.campaign}
        empty="Once a campaign has decisions, the figures of its reviewers and policies stand here."
        onChoose={(campaign) => void navigate({ search: { campaign } })}
      >
        {(campaign, leads) => <Figures campaign={campaign} leads={leads} />}
      </CampaignChoice>
    </Page>
  );
}

function Figures({ campaign, leads }: { campaign: string; leads: boolean }) {
  const titles = usePolicyTitles();
  const tree = usePolicyTree();
  const quality = useQuery({
    queryKey: ['review', 'quality', campaign],
    queryFn: () => value(bridge.review.quality({ campaign })),
  });
  return (
    <Loaded query={quality}>
      {({ reviewers, team, policies, withheld }) => (
        <>
          <ReviewerFigures reviewers={reviewers} team={team} leads={leads} />
          {withheld === null ? (
            <PolicyFigures policies={policies} tree={tree?.policies ?? []} titles={titles} />
          ) : (
            <Section title="Which policies are hard to apply?">
              <p className={css['said']}>
                <Mark tone="unknown" shape="ring">
                  Withheld from you
                </Mark>{' '}
                {withheld}
              </p>
            </Section>
          )}
        </>
      )}
    </Loaded>
  );
}

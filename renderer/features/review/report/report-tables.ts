import type { Cell } from '../../../../shared/domain/csv.ts';
import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import type { AgreementResult } from '../../../../shared/domain/review/report-agreement.ts';
import type { Source } from '../../../components/export/source.ts';
import type { ExportTable } from '../../../components/export/table.ts';

/** What every figure of a report says of where it comes from. */
export const sourceOf = ({ name }: CampaignReport, digest: string): Source => ({
  name,
  line: `Review campaign ${name}, report ${digest.slice(0, 8)}`,
});

export const strataTable = ({ coverage }: CampaignReport): ExportTable => ({
  columns: ['drawn', 'feeds', 'begun', 'fully reviewed'],
  rows: coverage.strata.map(({ method, feeds, begun, reviewed }) => [method, feeds, begun, reviewed]),
});

export const reviewersTable = ({ coverage }: CampaignReport): ExportTable => ({
  columns: ['reviewer', 'feeds', 'decisions'],
  rows: coverage.reviewers.map(({ person, feeds, decisions }) => [person, feeds, decisions]),
});

export const verdictsTable = ({ verdicts }: CampaignReport): ExportTable => ({
  columns: ['verdict', 'count'],
  rows: verdicts.map(({ verdict, count }) => [verdict, count]),
});

export const harmsTable = ({ harms, harmed }: CampaignReport): ExportTable => ({
  columns: ['policy', 'level', 'items with those below', 'items of its own', 'feeds', 'feed numbers'],
  rows: [
    ...harms.map(({ policy, depth, own, items, feeds }): Cell[] => [
      ...[policy, depth + 1, items, own, feeds.length],
      feeds.map((feed) => feed + 1).join(' '),
    ]),
    ['all policies', '', harmed.items, harmed.items, harmed.feeds, ''],
  ],
});

export const agreementTable = (report: CampaignReport, titles: ReadonlyMap<string, string>): ExportTable => ({
  columns: ['of', 'statistic', 'units', 'value', 'lower', 'upper', 'no number because'],
  rows: agreementsOf(report, titles)
    .flatMap(({ rows }) => rows)
    .map(({ of, result: { statistic, units, value, low, high, because } }) => {
      const estimate = [value, low, high];
      const cells: Cell[] = [of, statistic, units];
      return cells.concat(estimate, because);
    }),
});

export const dissentTable = ({ dissent }: CampaignReport): ExportTable => ({
  columns: ['feed', 'reviewer', 'at', 'verdict', 'note'],
  rows: dissent.map(({ feed, person, at, verdict, note }) => [feed + 1, person, at, verdict, note]),
});

export interface AgreementRow {
  readonly of: string;
  readonly result: AgreementResult;
}

/** Every statistic of agreement, with what it is of: over all, by policy, by two reviewers. */
export function agreementsOf(
  { agreement: { feeds, feedsByName, items, policies, pairs }, mode }: CampaignReport,
  titles: ReadonlyMap<string, string>,
): { readonly title: string; readonly rows: readonly AgreementRow[] }[] {
  const feedsAre = mode === 'open' ? 'Verdicts on feeds' : 'Preferences';
  return [
    {
      title: 'Over all',
      rows: [
        { of: feedsAre, result: feeds },
        ...(feedsByName === null ? [] : [{ of: feedsAre, result: feedsByName }]),
        { of: 'Actions on items', result: items },
      ],
    },
    {
      title: 'By policy',
      rows: policies.flatMap(({ policy, named, severity }) => {
        const title = titles.get(policy) ?? policy;
        return [
          { of: `${title}: is it violated`, result: named },
          { of: `${title}: how severely`, result: severity },
        ];
      }),
    },
    {
      title: 'By two reviewers',
      rows: pairs.flatMap(({ first, second, feeds: onFeeds, items: onItems }) => {
        const both = `${first} and ${second}`;
        return [
          { of: `${both}, on feeds`, result: onFeeds },
          { of: `${both}, on items`, result: onItems },
        ];
      }),
    },
  ].filter(({ rows }) => rows.length > 0);
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CampaignInput } from '../../../shared/contract/review/campaigns.ts';
import { bridge, value } from '../../app/bridge.ts';

const read = <Data>(name: string, of: () => Promise<Data>) => ({ queryKey: ['review', name], queryFn: of });

export const useReviewer = () => useQuery(read('reviewer', () => value(bridge.review.reviewer())));
export const useReviewers = () => useQuery(read('reviewers', () => value(bridge.review.reviewers())));
export const useCampaigns = () => useQuery(read('campaigns', () => value(bridge.review.campaigns())));
export const useLibraries = () => useQuery(read('libraries', () => value(bridge.review.libraries())));
export const useQueues = () => useQuery(read('queues', () => value(bridge.review.queues())));
export const useMacros = () => useQuery(read('macros', () => value(bridge.review.macros())));
export const usePreferences = () => useQuery(read('preferences', () => value(bridge.review.preferences())));

export const useLibrary = (digest: string) =>
  useQuery({ queryKey: ['library', digest], queryFn: () => value(bridge.review.library({ digest })) });

export const useReport = (campaign: string) =>
  useQuery(read(`report ${campaign}`, () => value(bridge.review.report({ campaign }))));

/** Reads a list anew, because a refusal tells of what changed in it meanwhile, maybe by another process. */
export function useReadAgain(name: 'queues' | 'macros'): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['review', name] });
}

export const useCreate = () =>
  useMutation({ mutationFn: (input: CampaignInput) => value(bridge.review.create(input)) });

/** Who works on or holds which feed of a campaign. */
export const useHolders = (campaign: string) =>
  useQuery(read(`holders ${campaign}`, () => value(bridge.review.holders({ campaign }))));

/** Where the next feed is taken from. */
export type Claim = { readonly campaign: string } | { readonly queue: string };

/** Of one person: the next at this window must not see what another has ruled. */
export const deskKey = (claim: Claim, person: string) => ['desk', claim, person] as const;

/** The feed a person is at work on; kept apart from the service's other data, so that nothing moves under the cursor. */
export const useTask = (claim: Claim, person: string) =>
  useQuery({ queryKey: deskKey(claim, person), queryFn: () => value(bridge.review.claim(claim)), gcTime: 0 });

export const useStill = (digest: string, itemId: string, hasStill: boolean) =>
  useQuery({
    queryKey: ['still', digest, itemId],
    enabled: hasStill,
    queryFn: async () => {
      const still = await value(bridge.snapshots.still({ digest, itemId }));
      return still === null
        ? null
        : URL.createObjectURL(new Blob([new Uint8Array(still.bytes)], { type: still.mime }));
    },
  });

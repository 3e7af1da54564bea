import { useMutation, useQuery } from '@tanstack/react-query';
import type { CampaignInput } from '../../../shared/contract/review.ts';
import { bridge, value } from '../../app/bridge.ts';

export const useReviewer = () =>
  useQuery({ queryKey: ['review', 'reviewer'], queryFn: () => value(bridge.review.reviewer()) });

export const useCampaigns = () =>
  useQuery({ queryKey: ['review', 'campaigns'], queryFn: () => value(bridge.review.campaigns()) });

export const useLibraries = () =>
  useQuery({ queryKey: ['review', 'libraries'], queryFn: () => value(bridge.review.libraries()) });

export const useLibrary = (digest: string) =>
  useQuery({ queryKey: ['library', digest], queryFn: () => value(bridge.review.library({ digest })) });

export const useUnlock = () =>
  useMutation({
    mutationFn: (input: { keyId: string; passphrase: string }) => value(bridge.review.unlock(input)),
  });

export const useCreate = () =>
  useMutation({ mutationFn: (input: CampaignInput) => value(bridge.review.create(input)) });

/** The feed a person is at work on; kept apart from the service's other data, so that nothing moves under the cursor. */
export const useTask = (campaign: string) =>
  useQuery({
    queryKey: ['desk', campaign],
    queryFn: () => value(bridge.review.claim({ campaign })),
    gcTime: 0,
  });

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

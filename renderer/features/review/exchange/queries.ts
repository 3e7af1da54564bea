import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../../app/bridge.ts';

/** Merges a file of the person's choice; null when they chose none. */
export const useMerge = () =>
  useMutation({
    mutationFn: async () => {
      const [path] = await value(bridge.shell.chooseFiles({ what: 'campaign' }));
      return path === undefined ? null : value(bridge.review.merge({ path }));
    },
  });

/** Exports a campaign to a file of the person's choice and answers its path; null when they chose none. */
export const useExport = (campaign: string, name: string) =>
  useMutation({
    mutationFn: async () => {
      const suggestedName = `${name}.review.jsonl`;
      const path = await value(bridge.shell.chooseTarget({ what: 'campaign', suggestedName }));
      if (path !== null) await value(bridge.review.exportCampaign({ campaign, path }));
      return path;
    },
  });

import { bulkChannels } from './review/bulk.ts';
import { campaignChannels } from './review/campaigns.ts';
import { deskChannels } from './review/desk.ts';
import { escalationChannels } from './review/escalations.ts';
import { exchangeChannels } from './review/exchange.ts';
import { historyChannels } from './review/history.ts';
import { personalChannels } from './review/personal.ts';
import { policyChannels } from './review/policies.ts';
import { qualityChannels } from './review/quality.ts';
import { queueChannels } from './review/queues.ts';

/** Review, subject by subject. */
export const review = {
  ...personalChannels,
  ...policyChannels,
  ...campaignChannels,
  ...queueChannels,
  ...deskChannels,
  ...historyChannels,
  ...bulkChannels,
  ...qualityChannels,
  ...escalationChannels,
  ...exchangeChannels,
};

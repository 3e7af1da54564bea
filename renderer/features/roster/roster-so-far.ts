import type { RosterDetail } from '../../../shared/contract/roster.ts';

/** What changes are made to: the roster in force, or nobody before the first. */
export type RosterSoFar = Pick<RosterDetail, 'version' | 'digest' | 'people' | 'thresholds'>;

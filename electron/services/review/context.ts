import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ServiceContext } from '../context.ts';
import type { ReviewSession } from './session.ts';

/** What the parts of review share. */
export interface ReviewContext extends ServiceContext {
  readonly session: ReviewSession;
  /** Tells the window that decisions changed, and all that rests on them. */
  readonly decided: () => void;
}

/** Some of the methods of review. */
export type Part<Name extends keyof ServiceApi<'review'>> = Pick<ServiceApi<'review'>, Name>;

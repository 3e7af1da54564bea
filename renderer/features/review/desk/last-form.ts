import { findPolicy, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import type { Form } from './ruling.ts';

const NOTHING: Form = { policy: null, reason: null, severity: null, note: '' };

/** What was ruled under last, for as long as the window is open; nothing is chosen before a person chose it. */
let last = NOTHING;

export const remember = ({ policy, reason, severity }: Form): void => {
  last = { policy, reason, severity, note: '' };
};

/** The panel of a new feed: the policy ruled under last, where these policies have it. */
export const lastForm = (library: PolicyLibrary): Form =>
  last.policy !== null && findPolicy(library, last.policy) !== null ? last : NOTHING;

import { z } from 'zod';
import { Macro } from '../../domain/review/macro.ts';
import { OwnPreferences, Preferences } from '../../domain/review/preferences.ts';
import { channel, Nothing } from '../channel.ts';

/** Who reviews at this window: the person whose key is unlocked (`roster.unlock`). */
export const Reviewer = z.object({
  person: z.string(),
  name: z.string(),
  keyId: z.string(),
  roles: z.array(z.string()),
});
export type Reviewer = z.infer<typeof Reviewer>;

const PreferenceSet = z.object({ team: OwnPreferences, own: OwnPreferences, inForce: Preferences });

export const personalChannels = {
  reviewer: channel(Nothing, Reviewer.nullable()),
  /** Who may judge here: reviewers of the US team. */
  reviewers: channel(Nothing, z.array(z.object({ person: z.string(), name: z.string() }))),
  preferences: channel(Nothing, PreferenceSet),
  /** Changes what is named here of what the person at this window, or the team, has of its own; `reset` drops it. */
  savePreferences: channel(
    z.object({
      scope: z.enum(['own', 'team']),
      preferences: OwnPreferences,
      reset: z.array(Preferences.keyof()).optional(),
    }),
    PreferenceSet,
  ),
  macros: channel(Nothing, z.array(Macro)),
  /** `was` is the macro as the person saw it, left out for a new one; a conflict where it was changed or removed since. */
  saveMacro: channel(Macro.extend({ was: Macro.optional() }), z.array(Macro)),
  /** Removes a macro as the person saw it; a conflict where it was changed since. */
  removeMacro: channel(z.object({ was: Macro }), z.array(Macro)),
};

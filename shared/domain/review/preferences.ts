import { z } from 'zod';

/** How the desk treats a person: what is covered, what they may leave to others, when a break is offered, their keys. */
export const Preferences = z.strictObject({
  /** Stills are blurred until they are revealed. */
  blur: z.boolean(),
  /** Stills are without colour until they are revealed. */
  grey: z.boolean(),
  muted: z.boolean(),
  /** Labels of items whose feeds are left to others. */
  optOut: z.array(z.string().min(1)).max(50),
  /** Minutes of work after which a break is offered; null offers none. */
  breakAfter: z.int().min(5).max(480).nullable(),
  /** Key of each command that is not at its default. */
  keys: z.record(z.string().min(1), z.string().min(1)),
});
export type Preferences = z.infer<typeof Preferences>;

/** What a person changed of the team's default. */
export const OwnPreferences = Preferences.partial();
export type OwnPreferences = z.infer<typeof OwnPreferences>;

export const DEFAULT_PREFERENCES: Preferences = {
  blur: true,
  grey: true,
  muted: true,
  optOut: [],
  breakAfter: 50,
  keys: {},
};

/** The preferences in force: a person's own before the team's before the built-in ones. */
export function preferencesInForce(team: OwnPreferences, own: OwnPreferences): Preferences {
  const set = [own, team, DEFAULT_PREFERENCES];
  const first = <Value>(of: (preferences: OwnPreferences) => Value | undefined, otherwise: Value): Value =>
    set.map(of).find((value) => value !== undefined) ?? otherwise;
  const { blur, grey, muted, optOut, keys } = DEFAULT_PREFERENCES;
  const breakAfter = set.find((preferences) => preferences.breakAfter !== undefined)?.breakAfter ?? null;
  return {
    blur: first((preferences) => preferences.blur, blur),
    grey: first((preferences) => preferences.grey, grey),
    muted: first((preferences) => preferences.muted, muted),
    optOut: first((preferences) => preferences.optOut, optOut),
    breakAfter,
    keys: first((preferences) => preferences.keys, keys),
  };
}

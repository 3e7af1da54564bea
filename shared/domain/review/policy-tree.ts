import { flatten, type Policy, type PolicyLibrary } from './policy-library.ts';

/** The policies from the top of the tree down to one, that one last; null when the library has no such policy. */
export const pathTo = ({ policies }: PolicyLibrary, id: string): Policy[] | null => wayTo(policies, id);

function wayTo(policies: readonly Policy[], id: string): Policy[] | null {
  for (const policy of policies) {
    if (policy.id === id) return [policy];
    const below = wayTo(policy.children ?? [], id);
    if (below !== null) return [policy, ...below];
  }
  return null;
}

/** A policy's id and those of all below it in any of the libraries; the id alone where none has it. */
export const withBelow = (libraries: readonly PolicyLibrary[], id: string): string[] => [
  ...new Set([id, ...libraries.flatMap((library) => below(library, id))]),
];

const below = ({ policies }: PolicyLibrary, id: string): string[] =>
  flatten(flatten(policies).find(({ policy }) => policy.id === id)?.policy.children ?? []).map(
    ({ policy }) => policy.id,
  );

/**
 * The tree without what a search does not find: every word must stand in a policy's title, id, text or reasons, or in
 * the title of one above it. Where one below is found, those above it stay.
 */
export function searched(policies: readonly Policy[], text: string, above = ''): Policy[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return policies.flatMap((policy) => {
    const titles = `${above} ${policy.title}`;
    const children = searched(policy.children ?? [], text, titles);
    const says = [
      titles,
      policy.id,
      policy.text,
      ...policy.reasons.map(({ code, title }) => `${code} ${title}`),
    ]
      .join(' ')
      .toLowerCase();
    return children.length > 0 || words.every((word) => says.includes(word))
      ? [{ ...policy, children: children.length > 0 ? children : undefined }]
      : [];
  });
}

export interface Branch {
  readonly policy: Policy;
  /** 0 at the top. */
  readonly depth: number;
  /** The policy above it; null at the top. */
  readonly parent: string | null;
  /** Whether those below it are in sight; null where there are none. */
  readonly open: boolean | null;
  /** Its place among those of the same parent, from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

/** The policies of a tree that are in sight, in reading order, while those in `closed` hide what is below them. */
export function inSight(
  policies: readonly Policy[],
  closed: ReadonlySet<string>,
  parent: string | null = null,
  depth = 0,
): Branch[] {
  return policies.flatMap((policy, at) => {
    const children = policy.children ?? [];
    const open = children.length === 0 ? null : !closed.has(policy.id);
    return [
      { ...{ policy, depth, parent, open, place: at + 1 }, siblings: policies.length },
      ...(open === true ? inSight(children, closed, policy.id, depth + 1) : []),
    ];
  });
}

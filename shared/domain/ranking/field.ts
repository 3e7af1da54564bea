import type { Attributes, Candidate, RankedUser } from './request.ts';

/** What a field of a request can hold; undefined and null both mean that nothing is known. */
export type Scalar = string | number | boolean;
export type FieldReader = (user: RankedUser, candidate: Candidate) => Scalar | null | undefined;

interface Field {
  readonly read: FieldReader;
  /** `any` for attributes, whose type only the snapshot knows. */
  readonly type: 'text' | 'number' | 'any';
}

const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['candidate.in_network', { type: 'number', read: (_user, candidate) => candidate.inNetwork }],
  ['candidate.logged_position', { type: 'number', read: (_user, candidate) => candidate.loggedPosition }],
  ['candidate.logged_score', { type: 'number', read: (_user, candidate) => candidate.loggedScore }],
  ['candidate.propensity', { type: 'number', read: (_user, candidate) => candidate.propensity }],
  ['item.item_id', { type: 'text', read: (_user, { item }) => item.itemId }],
  ['item.author_id', { type: 'text', read: (_user, { item }) => item.authorId }],
  ['item.category', { type: 'text', read: (_user, { item }) => item.category }],
  ['item.language', { type: 'text', read: (_user, { item }) => item.language }],
  ['item.duration_ms', { type: 'number', read: (_user, { item }) => item.durationMs }],
  ['item.uploaded_at', { type: 'text', read: (_user, { item }) => item.uploadedAt }],
  ['user.user_id', { type: 'text', read: (user) => user.userId }],
  ['user.region', { type: 'text', read: (user) => user.region }],
]);

const ITEM_ATTRIBUTE = 'item.attributes.';
const USER_ATTRIBUTE = 'user.attributes.';

/** The field of a name as policies write it, or null when there is none. */
export function fieldNamed(name: string): Field | null {
  const item = attributeAfter(ITEM_ATTRIBUTE, name);
  if (item !== null) return { type: 'any', read: (_user, candidate) => own(candidate.item.attributes, item) };
  const user = attributeAfter(USER_ATTRIBUTE, name);
  if (user !== null) return { type: 'any', read: (asker) => own(asker.attributes, user) };
  return FIELDS.get(name) ?? null;
}

/** The names a policy may use, for a refusal. */
export const FIELD_NAMES = [...FIELDS.keys(), `${ITEM_ATTRIBUTE}<name>`, `${USER_ATTRIBUTE}<name>`].join(
  ', ',
);

function attributeAfter(prefix: string, name: string): string | null {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : null;
}

/** Not what every object inherits. */
function own(attributes: Attributes, name: string): Scalar | null | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

import type { Attributes, Candidate, RankingRequest } from './request.ts';

/** What a field of a request can hold; undefined and null both mean that nothing is known. */
export type Scalar = string | number | boolean;
/** What a condition sees of a request beside one of its candidates. */
export type Asked = Pick<RankingRequest<unknown>, 'requestId' | 'user'>;
export type FieldReader = (asked: Asked, candidate: Candidate) => Scalar | null | undefined;

interface Field {
  readonly read: FieldReader;
  /** `any` for attributes, whose type only the snapshot knows. */
  readonly type: 'text' | 'number' | 'any';
}

/** Every column of the snapshot's candidate, item and user tables; attributes are named one by one. */
const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['candidate.request_id', { type: 'text', read: ({ requestId }) => requestId }],
  ['candidate.ordinal', { type: 'number', read: (_asked, candidate) => candidate.ordinal }],
  ['candidate.item_id', { type: 'text', read: (_asked, { item }) => item.itemId }],
  ['candidate.in_network', { type: 'number', read: (_asked, candidate) => candidate.inNetwork }],
  ['candidate.logged_position', { type: 'number', read: (_asked, candidate) => candidate.loggedPosition }],
  ['candidate.logged_score', { type: 'number', read: (_asked, candidate) => candidate.loggedScore }],
  ['candidate.propensity', { type: 'number', read: (_asked, candidate) => candidate.propensity }],
  ['item.item_id', { type: 'text', read: (_asked, { item }) => item.itemId }],
  ['item.author_id', { type: 'text', read: (_asked, { item }) => item.authorId }],
  ['item.caption', { type: 'text', read: (_asked, { item }) => item.caption }],
  ['item.category', { type: 'text', read: (_asked, { item }) => item.category }],
  ['item.language', { type: 'text', read: (_asked, { item }) => item.language }],
  ['item.duration_ms', { type: 'number', read: (_asked, { item }) => item.durationMs }],
  ['item.uploaded_at', { type: 'text', read: (_asked, { item }) => item.uploadedAt }],
  ['user.user_id', { type: 'text', read: ({ user }) => user.userId }],
  ['user.region', { type: 'text', read: ({ user }) => user.region }],
]);

const ITEM_ATTRIBUTE = 'item.attributes.';
const USER_ATTRIBUTE = 'user.attributes.';

/** The field of a name as policies write it, or null when there is none. */
export function fieldNamed(name: string): Field | null {
  const item = attributeAfter(ITEM_ATTRIBUTE, name);
  if (item !== null)
    return { type: 'any', read: (_asked, candidate) => own(candidate.item.attributes, item) };
  const user = attributeAfter(USER_ATTRIBUTE, name);
  if (user !== null) return { type: 'any', read: (asked) => own(asked.user.attributes, user) };
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

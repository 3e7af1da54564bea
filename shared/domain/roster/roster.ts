import { z } from 'zod';
import { misreadBecause } from '../plain-name.ts';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';

export const ROSTER_PAYLOAD = 'application/vnd.stateside.roster+json';

export const Organisation = z.enum(['us', 'global']);
export type Organisation = z.infer<typeof Organisation>;

export const Role = z.enum(['reviewer', 'analyst', 'approver', 'auditor', 'root']);
export type Role = z.infer<typeof Role>;

/** An Ed25519 public key as SPKI PEM in its one canonical spelling, so that equal keys are equal texts. */
export const PublicKeyPem = z
  .string()
  .regex(
    /^-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\n-----END PUBLIC KEY-----\n$/,
    'must be an Ed25519 public key in PEM (SPKI), as `openssl pkey -pubout` writes it; export it again',
  );

const Key = z
  .strictObject({ publicKey: PublicKeyPem, validFrom: Moment, validUntil: Moment })
  .refine(
    (key) => Date.parse(key.validFrom) < Date.parse(key.validUntil),
    'must end after it begins; correct validUntil',
  );

function refuseMisread(name: string, context: z.RefinementCtx): void {
  const because = misreadBecause(name);
  if (because !== null)
    context.addIssue({
      code: 'custom',
      message: `${because}, so it could be taken for another name; correct it`,
    });
}

export const Person = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'must be lowercase words joined by . or -'),
  name: z.string().trim().min(1).superRefine(refuseMisread),
  organisation: Organisation,
  roles: z.array(Role).min(1),
  keys: z.array(Key),
});
export type Person = z.infer<typeof Person>;

const Revocation = z.strictObject({ keyId: Sha256, at: Moment, reason: z.string().min(1) });
export type Revocation = z.infer<typeof Revocation>;

/**
 * Who may sign, for which organisation, in which role. Only roots of the roster's own `organisation` sign it;
 * people of another organisation may be listed, so that their signatures are known, and known not to count.
 */
export const Roster = z
  .strictObject({
    format: z.literal('stateside-roster'),
    version: z.int().positive(),
    /** Digest of the version before: SHA-256 of its payload; null for the first. */
    previous: Sha256.nullable(),
    organisation: Organisation,
    issuedAt: Moment,
    people: z.array(Person).min(1),
    revocations: z.array(Revocation),
    thresholds: z.strictObject({ approver: z.int().min(2), root: z.int().min(1) }),
  })
  .superRefine((roster, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if ((roster.version === 1) !== (roster.previous === null))
      refuse('must name the version before it by its digest, and the first version none; correct previous');
    if (!distinct(roster.people.map(({ id }) => id))) refuse('gives two people one id; give each their own');
    if (!distinct(roster.people.map(({ name }) => folded(name))))
      refuse('gives two people one name; tell them apart');
    if (!distinct(roster.people.flatMap(({ keys }) => keys.map(({ publicKey }) => publicKey))))
      refuse('holds a key twice; give each person keys of their own');
    const roots = roster.people.filter(
      (person) => isRoot(roster.organisation, person) && person.keys.length > 0,
    );
    if (roots.length < roster.thresholds.root)
      refuse('has fewer roots with a key than its threshold of roots; add roots or lower it');
  });
export type Roster = z.infer<typeof Roster>;

/** How many have to sign by a roster that is not founded yet, until its founders choose. */
export const FIRST_THRESHOLDS = { approver: 2, root: 2 } as const;

export function isRoot(organisation: Organisation, person: Person): boolean {
  return person.organisation === organisation && person.roles.includes('root');
}

/** The person a free-text name such as a manifest's `submitted_by` means: by id or by full name, whatever the case. */
export function personNamed(roster: Roster, text: string): Person | null {
  const wanted = folded(text);
  return roster.people.find(({ id, name }) => folded(id) === wanted || folded(name) === wanted) ?? null;
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

import { existsSync, readFileSync } from 'node:fs';
import type { Reviewer } from '../../../shared/contract/review.ts';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import type { Reader } from '../../database/review/sealed.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { keyPath } from '../signoff/held-keys.ts';
import { unlockKey, type SigningKey } from '../signoff/key-file.ts';
import { workspaceRoster } from '../signoff/tables.ts';

/** The person at this window, by the key they unlocked. The key stays in this process and is never written. */
export class ReviewSession {
  readonly #workspace: Workspace;
  #open: { readonly reviewer: Reviewer; readonly key: SigningKey } | null = null;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  get reviewer(): Reviewer | null {
    return this.#open?.reviewer ?? null;
  }

  /** Refuses a key that is not on the roster, of another organisation, out of its validity, revoked, or not here. */
  unlock(keyId: string, passphrase: string, at: string): Reviewer {
    const { db, folder } = this.#workspace;
    const found = workspaceRoster(db).keys.find((candidate) => candidate.keyId === keyId);
    if (found === undefined) throw refused(`The key ${keyId} is not on the roster; choose one that is.`);
    const { person } = found;
    if (person.organisation !== 'us')
      throw refused(`${person.name} is of the ${person.organisation} team; only the US team reviews here.`);
    const because = unusableBecause(found, at);
    if (because !== null)
      throw refused(`${person.name} cannot review with this key: ${because}; use another.`);
    const path = keyPath(folder, found);
    if (!existsSync(path))
      throw notFound(`${path} is missing, so ${person.name} cannot review here; put the key there.`);
    const key = unlockKey(readFileSync(path, 'utf8'), passphrase, `the key of ${person.name}`);
    if (key.keyId !== keyId)
      throw refused(`${path} holds another key than its name says; put the right key there.`);
    const reviewer = { person: person.id, name: person.name, keyId, roles: person.roles };
    this.#open = { reviewer, key };
    return reviewer;
  }

  lock(): void {
    this.#open = null;
  }

  /** Who may judge: reviewers of the US team with a key in force, by name. */
  reviewers(at: string): { person: string; name: string }[] {
    const people = workspaceRoster(this.#workspace.db)
      .keys.filter((key) => unusableBecause(key, at) === null)
      .map(({ person }) => person)
      .filter(({ organisation, roles }) => organisation === 'us' && roles.includes('reviewer'));
    return [...new Map(people.map(({ id, name }) => [id, { person: id, name }])).values()].toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  }

  /** The person and key, or a refusal. */
  require(): { readonly reviewer: Reviewer; readonly key: SigningKey } {
    if (this.#open === null)
      throw refused('Nobody has unlocked a key for review; choose who you are and unlock it.');
    return this.#open;
  }

  /** Whether the person at this window leads reviewers: analysts and approvers do. */
  leads(): boolean {
    return this.reviewer?.roles.some((role) => role === 'analyst' || role === 'approver') ?? false;
  }

  /** Whose eyes this window has. A lead who judges feeds too is a reviewer here: they must not learn what others said. */
  get reader(): Reader {
    const { reviewer } = this;
    if (reviewer === null) return '';
    return this.leads() && !reviewer.roles.includes('reviewer') ? null : reviewer.person;
  }

  /** The person, when they lead reviewers. */
  requireLead(): Reviewer {
    const { reviewer } = this.require();
    if (!this.leads())
      throw refused(
        `${reviewer.name} is ${reviewer.roles.join(' and ')} on the roster; an analyst or approver has to audit.`,
      );
    return reviewer;
  }

  /** The person, when they are a reviewer on the roster. */
  requireReviewer(): Reviewer {
    const { reviewer } = this.require();
    if (!reviewer.roles.includes('reviewer'))
      throw refused(
        `${reviewer.name} is ${reviewer.roles.join(' and ')} on the roster, not reviewer; a reviewer has to decide.`,
      );
    return reviewer;
  }
}

import type { Reviewer } from '../../../shared/contract/review/personal.ts';
import { refused } from '../../../shared/domain/error.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import type { Reader } from '../../database/review/sealed.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import type { KeySession } from '../roster/key-session.ts';
import type { SigningKey } from '../signoff/key-file.ts';
import { workspaceRoster } from '../signoff/tables.ts';

type Roles = Pick<Reviewer, 'roles'>;

const leadsReviewers = ({ roles }: Roles): boolean =>
  roles.some((role) => role === 'analyst' || role === 'approver');

/** Whose eyes a person has: those of a lead see everything, unless they judge feeds too. */
export const readerOf = ({ person, roles }: Roles & Pick<Reviewer, 'person'>): Reader =>
  leadsReviewers({ roles }) && !roles.includes('reviewer') ? null : person;

/** Who reviews at this window: the person whose key is unlocked, and what they may do in review. */
export class ReviewSession {
  readonly #workspace: Workspace;
  readonly #keys: KeySession;

  constructor(workspace: Workspace, keys: KeySession) {
    this.#workspace = workspace;
    this.#keys = keys;
  }

  get reviewer(): Reviewer | null {
    return this.#keys.unlocked;
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
    const { unlocked, key } = this.#keys.require();
    return { reviewer: unlocked, key };
  }

  /** Whether the person at this window leads reviewers: analysts and approvers do. */
  leads(): boolean {
    return this.reviewer !== null && leadsReviewers(this.reviewer);
  }

  /** Whose eyes this window has. A lead who judges feeds too is a reviewer here: they must not learn what others said. */
  get reader(): Reader {
    return this.reviewer === null ? '' : readerOf(this.reviewer);
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

import type { UnlockedKey } from '../../../shared/contract/roster.ts';
import { refused } from '../../../shared/domain/error.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { openHeldKey } from '../signoff/held-keys.ts';
import type { KeyStore } from '../signoff/key-store.ts';
import type { SigningKey } from '../signoff/key-file.ts';
import { workspaceRoster } from '../signoff/tables.ts';

const MINUTE_MS = 60_000;

/**
 * The person at this window, by the key they unlocked for a while of their choosing. The key stays in this process and
 * is never written. It says who reviews; whatever an auditor counts (approvals, refusals, actions, roster versions,
 * repositories) is signed with the passphrase asked at that moment, never with this key.
 */
export class KeySession {
  readonly #workspace: Workspace;
  readonly #keyStore: KeyStore;
  readonly #now: () => string;
  readonly #ended: () => void;
  #open: { readonly unlocked: UnlockedKey; readonly key: SigningKey; readonly timer: NodeJS.Timeout } | null =
    null;

  /** `ended` is told when the time is up; `now`: ISO 8601. */
  constructor(workspace: Workspace, keyStore: KeyStore, now: () => string, ended: () => void) {
    this.#workspace = workspace;
    this.#keyStore = keyStore;
    this.#now = now;
    this.#ended = ended;
  }

  /** Who unlocked a key and until when; null when nobody did, or the time is up. */
  get unlocked(): UnlockedKey | null {
    return this.#current()?.unlocked ?? null;
  }

  /** Refuses a key that is not on the roster, of another organisation, out of its validity, revoked, or not here. */
  async unlock(keyId: string, passphrase: string, minutes: number): Promise<UnlockedKey> {
    const { db, folder } = this.#workspace;
    const found = workspaceRoster(db).keys.find((candidate) => candidate.keyId === keyId);
    if (found === undefined) throw refused(`The key ${keyId} is not on the roster; choose one that is.`);
    const { person } = found;
    if (person.organisation !== 'us')
      throw refused(`${person.name} is of the ${person.organisation} team; only the US team works here.`);
    const since = this.#now();
    const because = unusableBecause(found, since);
    if (because !== null) throw refused(`${person.name} cannot work with this key: ${because}; use another.`);
    const key = await openHeldKey(folder, found, passphrase, this.#keyStore);
    this.lock();
    const until = new Date(Date.parse(since) + minutes * MINUTE_MS).toISOString();
    // it runs on the clock that nobody can set back, and ends by the other one too
    const timer = setTimeout(() => {
      this.lock();
      this.#ended();
    }, minutes * MINUTE_MS).unref();
    const unlocked = { person: person.id, name: person.name, keyId, roles: person.roles, until };
    this.#open = { unlocked, key, timer };
    return unlocked;
  }

  lock(): void {
    if (this.#open !== null) clearTimeout(this.#open.timer);
    this.#open = null;
  }

  /** The person and key, or a refusal. */
  require(): { readonly unlocked: UnlockedKey; readonly key: SigningKey } {
    const open = this.#current();
    if (open === null)
      throw refused('Nobody has unlocked a key at this window; choose who you are and unlock it.');
    return open;
  }

  #current(): { readonly unlocked: UnlockedKey; readonly key: SigningKey } | null {
    if (this.#open !== null && Date.parse(this.#now()) >= Date.parse(this.#open.unlocked.until)) this.lock();
    return this.#open;
  }
}

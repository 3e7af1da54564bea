import { createPublicKey } from 'node:crypto';
import { userInfo } from 'node:os';
import { z } from 'zod';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { RosterDetail, RosterKeyRow } from '../../../shared/contract/roster.ts';
import { refused } from '../../../shared/domain/error.ts';
import { rosterDifference } from '../../../shared/domain/roster/difference.ts';
import { keyring, unusableBecause, type RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { Roster } from '../../../shared/domain/roster/roster.ts';
import { reachOf } from '../../../shared/domain/roster/reach.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { keyIdOf, publicKeyPem } from '../signoff/ed25519.ts';
import { holdsKey, openHeldKey } from '../signoff/held-keys.ts';
import { importRoster } from '../signoff/import-roster.ts';
import { rosterForks } from '../signoff/roster-alarm.ts';
import { NO_KEY_STORE, type KeyStore } from '../signoff/key-store.ts';
import { foundedRoster, workspaceRoster } from '../signoff/tables.ts';
import { draftRoster, readDraft, signDraft } from './draft.ts';
import { HeldKeys } from './held-keys.ts';
import { KeySession } from './key-session.ts';
import { publicKeyTexts } from './public-key-texts.ts';

const Imported = z.array(z.object({ version: z.int(), imported_at: z.string() }));

/** The roster of a workspace, how it goes on, and the private keys that lie here. */
export function rosterService(
  workspace: Workspace,
  log: AuditLog,
  now = () => new Date().toISOString(),
  keyStore: KeyStore = NO_KEY_STORE,
  session = new KeySession(workspace, keyStore, now, () => {}),
): ServiceApi<'roster'> {
  const { db, folder } = workspace;
  const known = () => foundedRoster(db) ?? { keys: [], texts: [] };
  const held = new HeldKeys(folder, known, keyStore);
  const before = () => known().texts.map((text, index) => ({ name: `roster version ${index + 1}`, text }));
  const read = (text: string) => readDraft(before(), 'the draft', text);
  return {
    get: async () => detail(),
    import: async ({ text }) => {
      importRoster(db, log, text, userInfo().username, now());
      return detail();
    },
    draft: async ({ changes }) => read(draftRoster(foundedRoster(db), changes, now())),
    readDraft: async ({ text }) => read(text),
    signDraft: async ({ text, keyId, passphrase }) => {
      const drafted = keyring(Roster.parse(JSON.parse(read(text).json)), keyIdOf);
      const key = [...known().keys, ...drafted].find(
        (candidate) => candidate.keyId === keyId && candidate.person.roles.includes('root'),
      );
      if (key === undefined)
        throw refused(`the key ${keyId} is no root's, and only roots sign a roster; another has to sign`);
      return read(signDraft('the draft', text, await openHeldKey(folder, key, passphrase, keyStore)));
    },
    unlocked: async () => session.unlocked,
    unlock: ({ keyId, passphrase, minutes }) => session.unlock(keyId, passphrase, minutes),
    lock: async () => session.lock(),
    keys: () => held.list(),
    newKey: ({ passphrase }) => held.create(passphrase),
    backUpKey: ({ keyId }) => held.backUp(keyId),
    restoreKey: ({ pem, passphrase }) => held.restore(pem, passphrase),
    keyStore: () => keyStore.describe(),
    sealKey: ({ keyId }) => held.seal(keyId),
    unsealKey: ({ keyId }) => held.unseal(keyId),
    changePassphrase: ({ keyId, passphrase, newPassphrase }) =>
      held.changePassphrase(keyId, passphrase, newPassphrase),
  };

  function detail(): RosterDetail {
    const { roster, digest, keys, versions, pin } = workspaceRoster(db);
    const at = now();
    const imported = new Map(
      Imported.parse(db.prepare('SELECT version, imported_at FROM roster').all()).map((row) => [
        row.version,
        row.imported_at,
      ]),
    );
    const nameOf = (publicKey: string): string =>
      versions
        .flatMap((version) => version.roster.people)
        .find((person) => person.keys.some((key) => key.publicKey === publicKey))?.name ?? publicKey;
    return {
      version: roster.version,
      digest,
      pin,
      organisation: roster.organisation,
      issuedAt: roster.issuedAt,
      thresholds: roster.thresholds,
      people: roster.people.map(({ id, name, organisation, roles }) => ({
        id,
        name,
        organisation,
        roles,
        keys: keys.filter((key) => key.person.id === id).map((key) => keyRow(key, at)),
      })),
      reach: reachOf(roster, keys, at),
      forks: rosterForks(db),
      versions: versions
        .map((version, index) => ({
          version: version.roster.version,
          digest: version.digest,
          issuedAt: version.roster.issuedAt,
          importedAt: imported.get(version.roster.version) ?? '',
          signers: [...new Set(version.signers.map(nameOf))],
          changes: differenceTo(versions[index - 1]?.roster, version.roster),
        }))
        .toReversed(),
    };
  }

  function differenceTo(former: Roster | undefined, roster: Roster): string[] {
    return former === undefined ? [] : rosterDifference(former, roster, keyIdOf);
  }

  function keyRow(key: RosterKey, at: string): RosterKeyRow {
    const { keyId, validFrom, validUntil, revocation } = key;
    return {
      keyId,
      validFrom,
      validUntil,
      revoked: revocation === null ? null : { at: revocation.at, reason: revocation.reason },
      unusableBecause: unusableBecause(key, at),
      here: holdsKey(folder, key),
      ...publicKeyTexts(publicKeyPem(createPublicKey(key.publicKey)), key.person.id),
    };
  }
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Metadata, MetadataKind, Signature } from '@tufjs/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import type { SigningKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { delegate } from '../../../electron/services/signoff/tuf/delegate.ts';
import {
  approvedText,
  delegationText,
  freshFiles,
  rootFile,
  tufKey,
} from '../../../electron/services/signoff/tuf/metadata.ts';
import { readRepository } from '../../../electron/services/signoff/tuf/repository.ts';
import { rolesOf } from '../../../electron/services/signoff/tuf/roles.ts';
import {
  cast,
  chainOf,
  first,
  freshKey,
  member,
  person,
  ROOTS,
  rosterText,
} from '../../unit/signoff/cast.ts';
import { openFleet, type Fleet } from './fleet.ts';

const AT = '2026-06-02T00:00:00Z';
const LATER = '2099-01-01T00:00:00Z';
const PAST = '2020-01-01T00:00:00Z';
const RELEASE = 'a'.repeat(64);
const MODEL = 'the approved model';

const folder = mkdtempSync(join(tmpdir(), 'stateside-delegation-'));
const online = freshKey();
const text = rosterText();
const chain = chainOf(text);
const roles = rolesOf(chain, online.publicKey, AT);
/** The keys by which the roster's people count in TUF, one each. */
const keyOf = (who: { readonly signing: readonly SigningKey[] }): SigningKey =>
  who.signing.find(({ publicKey }) => roles.approvers.publicKeys.includes(publicKey)) ?? freshKey();
const [ada, ben] = [keyOf(cast.ada), keyOf(cast.ben)];
let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => {
  fleet.close();
  rmSync(folder, { recursive: true });
});

interface Made {
  readonly approvers?: readonly SigningKey[];
  readonly roots?: readonly SigningKey[];
  readonly expires?: string;
  readonly delegationExpires?: string;
  /** Changes what the approvers signed before the log's key lists it. */
  readonly forge?: (approved: string) => string;
  readonly path?: string;
  readonly bytes?: string;
}

let repositories = 0;
/** A repository in which whatever the log's key signs is in order, so that what else is wrong shows. */
function made({
  approvers = [ada, ben],
  roots = ROOTS,
  expires = LATER,
  delegationExpires = LATER,
  forge = (approved) => approved,
  path = `${RELEASE}/model.onnx`,
  bytes = MODEL,
}: Made = {}): string {
  repositories += 1;
  const out = join(folder, `repository-${repositories}`);
  const sha256 = sha256Hex(MODEL);
  const target = join(out, 'targets', dirname(path), `${sha256}.${path.split('/').at(-1) ?? ''}`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  const delegation = {
    version: 4,
    text: delegationText(roles, { version: 4, expires: delegationExpires }, roots),
  };
  const approved = {
    version: 7,
    text: forge(approvedText({ version: 7, expires }, [{ path, bytes: MODEL.length, sha256 }], approvers)),
  };
  mkdirSync(join(out, 'metadata'));
  for (const [name, metadata] of [
    rootFile(roles, { version: 1, expires: LATER }, ROOTS),
    ['4.targets.json', delegation.text] as const,
    ['7.us-release-approvers.json', approved.text] as const,
    ...freshFiles({ version: 7, expires: LATER }, { delegation, approved }, online),
  ])
    writeFileSync(join(out, 'metadata', name), metadata);
  return out;
}

const fetched = (out: string, path = `${RELEASE}/model.onnx`): Promise<string> =>
  fleet.fetch(join(out, 'metadata/1.root.json'), out, path);

describe('a client of the delegation', () => {
  it('finds a release’s files, its weights and its record through the roster’s approvers', async () => {
    expect(await fetched(made())).toBe(sha256Hex(MODEL));
    for (const path of [`${RELEASE}/weights/towers.safetensors`, `${RELEASE}.release-record.json`])
      expect(await fetched(made({ path }), path)).toBe(sha256Hex(MODEL));
  });

  it.each([
    ['one approver alone', [ada]],
    ['one approver twice', [ada, ada]],
    ['an approver and a global approver', [ada, first(cast.gus)]],
    ['an approver and a root', [ada, first(cast.rita)]],
    ['an approver and a reviewer', [ada, first(cast.cleo)]],
    ['an approver and a stranger', [ada, freshKey()]],
    ['one approver with both of their keys', cast.ada.signing],
  ])('refuses what %s signed', async (_, approvers) => {
    await expect(fetched(made({ approvers }))).rejects.toThrow('us-release-approvers was signed by 1/2 keys');
  });

  it('refuses one approver’s signature under another’s keyid', async () => {
    const forge = (approved: string): string => {
      const metadata = JSON.parse(approved);
      const [{ sig }] = metadata.signatures;
      return JSON.stringify({
        ...metadata,
        signatures: [ada, ben].map(({ publicKey }) => ({ keyid: tufKey(publicKey).keyID, sig })),
      });
    };
    await expect(fetched(made({ forge }))).rejects.toThrow('us-release-approvers was signed by 1/2 keys');
  });

  it('refuses what was changed after the approvers signed it', async () => {
    const forge = (approved: string): string => approved.replace(sha256Hex(MODEL), sha256Hex('other'));
    await expect(fetched(made({ forge }))).rejects.toThrow('us-release-approvers was signed by 0/2 keys');
  });

  it('refuses other bytes than were approved', async () => {
    await expect(fetched(made({ bytes: 'the unapproved one' }))).rejects.toThrow(/Expected hash/);
  });

  it('refuses what ran out, be it the approval or the delegation', async () => {
    await expect(fetched(made({ expires: PAST }))).rejects.toThrow('us-release-approvers.json is expired');
    await expect(fetched(made({ delegationExpires: PAST }))).rejects.toThrow('targets.json is expired');
  });

  it.each([
    ['one root', [first(cast.rita)], '1/2'],
    ['a root and a global root', [first(cast.rita), first(cast.gro)], '1/2'],
    ['the approvers themselves', [ada, ben], '0/2'],
  ])('refuses a delegation that %s signed', async (_, roots, count) => {
    await expect(fetched(made({ roots }))).rejects.toThrow(`targets was signed by ${count} keys`);
  });

  it('takes no path from the approvers that is not delegated to them', async () => {
    for (const path of ['model.onnx', 'other/deep/model.onnx'])
      await expect(fetched(made({ path }), path)).rejects.toThrow('no such target');
  });
});

describe('the roots', () => {
  const delegated = async (out: string, at: typeof chain, keys: readonly SigningKey[]) =>
    delegate(await readRepository(out), rolesOf(at, online.publicKey, AT), at, { version: 9, keys, at: AT });
  const ruth = member('ruth', 'us', ['root']);
  const otherRoots = chainOf(
    text,
    signRoster(
      nextRoster(
        chain,
        { people: [...chain.roster.people.filter(({ id }) => id !== 'rolf'), person(ruth)] },
        '2026-05-01T00:00:00Z',
      ),
      [...ROOTS, first(ruth)],
      [{ name: 'one', text }],
    ),
  );

  it('are not asked while the repository delegates to the approvers in force', async () => {
    const { root, delegation } = await delegated(made(), chain, []);
    expect([root, delegation.version]).toEqual([{ name: '1.root.json', text: null }, 4]);
  });

  it('are asked for the delegation alone when other people may approve', async () => {
    const fewer = chainOf(
      text,
      signRoster(
        nextRoster(
          chain,
          { people: chain.roster.people.filter(({ id }) => id !== 'ben') },
          '2026-05-01T00:00:00Z',
        ),
        ROOTS,
        [{ name: 'one', text }],
      ),
    );
    const out = made();
    await expect(delegated(out, fewer, [])).rejects.toThrow(
      '2 roots sign 9.targets.json for roster version 2',
    );
    const { root, delegation } = await delegated(out, fewer, ROOTS);
    expect([root.text, delegation.version]).toEqual([null, 9]);
    expect(delegation.text).not.toContain(tufKey(ben.publicKey).keyID);
  });

  it('are asked again when the delegation was not signed as the root asks, or by one key given twice', async () => {
    const one = made({ roots: [first(cast.rita)] });
    const twice = [first(cast.rita), first(cast.rita)];
    await expect(delegated(one, chain, twice)).rejects.toThrow('1 of the keys given are theirs');
    expect((await delegated(one, chain, ROOTS)).delegation.version).toBe(9);
  });

  it('hand over to new ones with the signatures of both, and clients follow', async () => {
    const out = made();
    const now = [first(cast.rita), first(ruth)];
    await expect(delegated(out, otherRoots, now)).rejects.toThrow(
      '2 roots of 1.root.json sign the next root too, so that clients follow, and 1 of the keys given',
    );
    const { root, delegation } = await delegated(out, otherRoots, [...now, first(cast.rolf)]);
    expect(root.name).toBe('2.root.json');
    const approved = readFileSync(join(out, 'metadata/7.us-release-approvers.json'), 'utf8');
    for (const [name, metadata] of [
      [root.name, root.text ?? ''] as const,
      ['9.targets.json', delegation.text] as const,
      ...freshFiles(
        { version: 9, expires: LATER },
        { delegation, approved: { version: 7, text: approved } },
        online,
      ),
    ])
      writeFileSync(join(out, 'metadata', name), metadata);
    expect(await fetched(out)).toBe(sha256Hex(MODEL));
    const withoutFormer = rootFile(
      rolesOf(otherRoots, online.publicKey, AT),
      { version: 2, expires: LATER },
      now,
    );
    writeFileSync(join(out, 'metadata', withoutFormer[0]), withoutFormer[1]);
    await expect(fetched(out)).rejects.toThrow('root was signed by 1/2 keys');
  });

  it('of a repository that had its approvers for top-level targets put the delegation above them, and clients follow', async () => {
    const out = made();
    const [name, made1] = rootFile(roles, { version: 1, expires: LATER }, []);
    const { signed } = JSON.parse(made1);
    const approvers = roles.approvers.publicKeys.map(tufKey);
    Object.assign(signed.keys, Object.fromEntries(approvers.map((key) => [key.keyID, key.toJSON()])));
    signed.roles.targets = { keyids: approvers.map(({ keyID }) => keyID), threshold: 2 };
    const former = Metadata.fromJSON(MetadataKind.Root, { signed, signatures: [] });
    for (const key of ROOTS)
      former.sign(
        (bytes) =>
          new Signature({ keyID: tufKey(key.publicKey).keyID, sig: key.sign(bytes).toString('hex') }),
      );
    writeFileSync(join(out, 'metadata', name), JSON.stringify(former.toJSON()));
    await expect(fetched(out)).rejects.toThrow('targets was signed by 0/2 keys');
    await expect(delegated(out, chain, [])).rejects.toThrow('2 roots sign 2.root.json and 9.targets.json');
    const { root, delegation } = await delegated(out, chain, ROOTS);
    expect([root.name, delegation.version]).toEqual(['2.root.json', 9]);
    writeFileSync(join(out, 'metadata', root.name), root.text ?? '');
    expect(await fetched(out)).toBe(sha256Hex(MODEL));
  });

  it('of metadata that is none are told so in a sentence', async () => {
    const out = made();
    writeFileSync(join(out, 'metadata/4.targets.json'), '[]');
    await expect(readRepository(out)).rejects.toThrow(
      'metadata/4.targets.json in the repository is no TUF metadata; export into a new folder',
    );
  });
});

import { Metadata, MetadataKind, type Key, type Root, type Targets } from '@tufjs/models';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput } from '../../../../shared/domain/error.ts';
import { parseStrictJson } from '../../../../shared/domain/statements/strict-json.ts';
import {
  APPROVED_PATHS,
  APPROVERS_ROLE,
  tufKey,
  type Listed,
  type Threshold,
  type TufRoles,
} from './metadata.ts';

/** A repository as earlier exports left it. */
export interface TufRepository {
  readonly root: { readonly name: string; readonly metadata: Metadata<Root> } | null;
  /** The newest top-level targets. */
  readonly delegation: (Listed & { readonly metadata: Metadata<Targets> }) | null;
  /** The highest version of metadata but roots; 0 for none. */
  readonly version: number;
}

/** Reads what is in the folder of a repository, or in none yet. Throws bad_input for metadata that is none. */
export async function readRepository(out: string): Promise<TufRepository> {
  const folder = join(out, 'metadata');
  const names = await readdir(folder).catch(() => []);
  const newest = (role: string): number =>
    Math.max(0, ...names.flatMap((name) => versionIn(name, role) ?? []));
  const read = async (name: string) => ({ name, text: await readFile(join(folder, name), 'utf8') });
  const [root, delegation] = [newest('root'), newest('targets')];
  return {
    root: root === 0 ? null : rootIn(await read(`${root}.root.json`)),
    delegation: delegation === 0 ? null : delegationIn(delegation, await read(`${delegation}.targets.json`)),
    version: Math.max(...['targets', APPROVERS_ROLE, 'snapshot'].map(newest)),
  };
}

function versionIn(name: string, role: string): number | null {
  const [, version] = /^([1-9]\d{0,14})\.(.*)$/.exec(name) ?? [];
  return version !== undefined && name === `${version}.${role}.json` ? Number(version) : null;
}

interface Read {
  readonly name: string;
  readonly text: string;
}

const rootIn = ({ name, text }: Read) => ({
  name,
  metadata: parsed(name, () => Metadata.fromJSON(MetadataKind.Root, object(text))),
});

const delegationIn = (version: number, { name, text }: Read) => ({
  version,
  text,
  metadata: parsed(name, () => Metadata.fromJSON(MetadataKind.Targets, object(text))),
});

function object(text: string) {
  const value = parseStrictJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no object');
  return value;
}

function parsed<Value>(name: string, parse: () => Value): Value {
  try {
    return parse();
  } catch {
    throw badInput(`metadata/${name} in the repository is no TUF metadata; export into a new folder`);
  }
}

/** Whether the newest root says who the roots are and which key is online, until after `at`. */
export function rootFits({ root }: TufRepository, { root: roots, online }: TufRoles, at: string): boolean {
  if (root === null || root.metadata.signed.isExpired(new Date(at))) return false;
  const { roles, keys } = root.metadata.signed;
  const fresh = { publicKeys: [online], threshold: 1 };
  const wanted = [
    [roles['root'], roots],
    [roles['targets'], roots],
    [roles['snapshot'], fresh],
    [roles['timestamp'], fresh],
  ] as const;
  return isSigned(root.metadata, 'root', root.metadata) && wanted.every(([role, by]) => same(keys, role, by));
}

/** Whether the newest top-level targets, signed as the newest root asks, delegate to the approvers until after `at`. */
export function delegationFits(
  { root, delegation }: TufRepository,
  { approvers }: TufRoles,
  at: string,
): boolean {
  if (root === null || delegation === null) return false;
  const { signed } = delegation.metadata;
  const { [APPROVERS_ROLE]: role, ...others } = signed.delegations?.roles ?? {};
  return (
    isSigned(root.metadata, 'targets', delegation.metadata) &&
    !signed.isExpired(new Date(at)) &&
    Object.keys(others).length === 0 &&
    Object.keys(signed.targets).length === 0 &&
    role?.paths?.join() === APPROVED_PATHS.join() &&
    same(signed.delegations?.keys ?? {}, role, approvers)
  );
}

function isSigned(root: Metadata<Root>, role: string, metadata: Metadata<Root> | Metadata<Targets>): boolean {
  try {
    root.verifyDelegate(role, metadata);
    return true;
  } catch {
    return false;
  }
}

/** Whether a role is held by exactly these keys with this threshold. */
function same(
  keys: Readonly<Record<string, Key>>,
  role: { readonly keyIDs: readonly string[]; readonly threshold: number } | undefined,
  { publicKeys, threshold }: Threshold,
): boolean {
  const wanted = publicKeys.map(tufKey);
  return (
    role?.threshold === threshold &&
    role.keyIDs.length === wanted.length &&
    wanted.every((key) => role.keyIDs.includes(key.keyID) && keys[key.keyID]?.equals(key) === true)
  );
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FormulaDetail, ReferenceRow } from '../../../shared/contract/weights.ts';
import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { readFormula, type ReadFormula } from '../../../shared/domain/formula/findings.ts';
import { readReference, type ReferenceFormula } from '../../../shared/domain/formula/reference.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { parentOf } from '../../../shared/domain/release/parent.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { listReleases } from '../../database/workspace/releases.ts';
import { listSnapshots } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import type { Bundle } from '../releases/bundle.ts';

/** A release's formula with what is wrong in it, since when each weight stands, and what differs from `against`. */
export async function formulaDetail(
  context: ServiceContext,
  release: string,
  against: string | null,
): Promise<FormulaDetail> {
  const bundle = await context.bundles.get(release);
  const { formula, findings } = read(context, bundle);
  const other = against === null ? null : await comparedWith(context, against);
  return {
    release,
    title: titleOf(bundle),
    formula,
    policy: bundle.policy,
    findings: [...findings],
    since: await sinceWhen(context, bundle),
    comparison:
      other === null
        ? null
        : {
            title: other.title,
            formula: other.formula,
            changes: other.policy === null ? null : diffPolicies(other.policy, bundle.policy),
          },
  };
}

/** The published formulas in the workspace's folder `references`, by name of their files. */
export async function readReferences(context: ServiceContext): Promise<ReferenceRow[]> {
  const folder = workspacePaths(context.workspace.folder).references;
  const names = await referenceFiles(folder);
  return Promise.all(
    names.map(async (id) => {
      const { title, published, sources, note, formula, findings } = await readReferenceFile(folder, id);
      return { id, title, published, sources: [...sources], note, formula, findings: [...findings] };
    }),
  );
}

/** A workspace without the folder has no published formulas. */
async function referenceFiles(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.yaml')).toSorted();
}

async function readReferenceFile(folder: string, id: string): Promise<ReferenceFormula> {
  const path = join(folder, id);
  return readReference(await readFile(path, 'utf8'), path);
}

async function comparedWith(
  context: ServiceContext,
  against: string,
): Promise<Pick<ReadFormula, 'formula' | 'policy'> & { readonly title: string }> {
  if (!against.endsWith('.yaml')) {
    const bundle = await context.bundles.get(against);
    return { ...read(context, bundle), title: titleOf(bundle) };
  }
  const folder = workspacePaths(context.workspace.folder).references;
  if (!(await referenceFiles(folder)).includes(against)) {
    throw notFound(`The workspace holds no published formula ${against}; put its file into ${folder}.`);
  }
  return readReferenceFile(folder, against);
}

function read({ workspace }: ServiceContext, { policyText, outputs, root }: Bundle): ReadFormula {
  const signals = listSnapshots(workspace.db).flatMap(({ info }) => info.signals);
  const negativeSignals = signals.filter(({ polarity }) => polarity === -1).map(({ name }) => name);
  return readFormula(policyText, join(root, 'policy.yaml'), {
    outputs: outputs.map(({ name }) => name),
    negativeSignals,
  });
}

const titleOf = ({ manifest: { name, version } }: Bundle): string =>
  /[a-z]/i.test(version) ? version : `${name} ${version}`;

/** Walks up the parents that the workspace holds for as long as they give a head the same weight. */
async function sinceWhen(
  { workspace, bundles }: ServiceContext,
  bundle: Bundle,
): Promise<Record<string, string>> {
  const releases = listReleases(workspace.db);
  const since: Record<string, string> = {};
  const open = new Map(bundle.policy.heads.map(({ name, weight }) => [name, weight]));
  const line = [bundle];
  for (const { policy, manifest } of line) {
    for (const [name, weight] of open) {
      if (policy.heads.some((head) => head.name === name && head.weight === weight))
        since[name] = manifest.version;
      else open.delete(name);
    }
    const parent = parentOf(manifest, releases);
    const known = line.some(({ digest }) => digest === parent?.digest);
    if (parent !== null && !known && open.size > 0) line.push(await bundles.get(parent.digest));
  }
  return since;
}

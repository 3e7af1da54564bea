import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { refused } from '../../../shared/domain/error.ts';
import { SIGNATURE_FILE } from '../../../shared/domain/release/files.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { openBundle, type Bundle } from '../../services/releases/bundle.ts';
import { openModelKey, signModel, verifyModel } from '../../services/releases/model-signature.ts';
import { tryModel } from '../../services/releases/try-model.ts';
import { sha256Hex } from '../../services/signoff/digest.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { present } from '../output.ts';
import { askPassphrase } from '../passphrase.ts';
import { changesBetween, changesText } from '../release-changes.ts';

export function releaseCommand(): Command {
  const release = new Command('release').description('look into a release bundle, a folder or a .zip of one');
  release
    .command('inspect')
    .argument('<bundle>', 'folder or .zip')
    .description('show what the bundle says of itself')
    .action((path: string, _options: unknown, command: Command) =>
      withBundle(path, (bundle) => present(command, inspection(bundle), () => inspectionText(bundle))),
    );
  release
    .command('check')
    .argument('<bundle>', 'folder or .zip')
    .option(
      '--model-key <file>',
      "also verify model.sig (OpenSSF Model Signing) with the signer's public key",
    )
    .description('check all of the bundle and run its model once')
    .action((path: string, { modelKey }: { modelKey?: string }, command: Command) =>
      withBundle(path, async (bundle) => {
        await tryModel(bundle, `${path}/model.onnx`);
        const checked = [...checks(bundle), ...(await signatureCheck(bundle, path, modelKey))];
        const text = () =>
          [`${title(bundle)} is sound.`, ...checked.map((check) => `  ✓ ${check}`)].join('\n');
        present(command, { digest: bundle.digest, checked }, text);
      }),
    );
  release
    .command('sign')
    .argument('<bundle>', 'folder')
    .requiredOption('--key <file>', 'an ECDSA private key (P-256) under a passphrase')
    .description('put an OpenSSF model signature, model.sig, beside the files')
    .action((path: string, { key: file }: { key: string }, command: Command) =>
      withBundle(path, async (bundle) => {
        if (bundle.root !== path) throw refused(`${path} is an archive; unpack it and sign the folder`);
        const key = openModelKey(await readText(file), await askPassphrase(file), file);
        const out = join(path, SIGNATURE_FILE);
        await writeNewFile(out, signModel(bundle.manifest.name, bundle.files, key), 0o644);
        present(command, { signature: out, digest: bundle.digest }, () => `${out} is written.`);
      }),
    );
  release
    .command('diff')
    .argument('<before>', 'folder or .zip')
    .argument('<after>', 'folder or .zip of a later release')
    .description(
      'show what differs: policy, tensors, features, training data, papers; --json prints the document whose SHA-256 is evidence for sign-off',
    )
    .option(
      '--snapshot <file>',
      'say in the text how many feeds each change of policy changes on its requests',
    )
    .action(async (before: string, after: string, options: { snapshot?: string }, command: Command) => {
      const found = await changesBetween(before, after, options.snapshot ?? null);
      const json = canonicalJson(found.changes);
      const digest = sha256Hex(json);
      if (command.optsWithGlobals<{ json?: boolean }>().json === true) process.stdout.write(json);
      else process.stdout.write(`${changesText(found, digest)}\n`);
    });
  return release;
}

async function signatureCheck(bundle: Bundle, path: string, keyFile: string | undefined): Promise<string[]> {
  if (keyFile === undefined) return [];
  const file = join(bundle.root, SIGNATURE_FILE);
  const signature = existsSync(file) ? await readText(file) : null;
  const { predicate } = verifyModel(path, signature, bundle.files, await readText(keyFile));
  return [`model.sig: ${predicate.resources.length} files, signed by the key in ${keyFile}`];
}

async function withBundle(path: string, use: (bundle: Bundle) => void | Promise<void>): Promise<void> {
  const bundle = await openBundle(path);
  try {
    await use(bundle);
  } finally {
    await bundle.dispose();
  }
}

const inspection = ({ digest, manifest, policy, features, outputs, trainingData, files }: Bundle) => ({
  digest,
  manifest,
  heads: policy.heads,
  features,
  outputs,
  trainingData,
  files,
});

const title = ({ manifest }: Bundle): string => `${manifest.name} ${manifest.version} (${manifest.team})`;

function inspectionText(bundle: Bundle): string {
  const { digest, manifest, policy, features, outputs, trainingData, files } = bundle;
  return [
    title(bundle),
    `  digest        ${digest}`,
    `  parent        ${manifest.parent ?? 'none'}`,
    `  created       ${manifest.created_at}, submitted by ${manifest.submitted_by}`,
    `  intended use  ${manifest.intended_use}`,
    '',
    `Features (${features.length})`,
    `  ${features.join(', ')}`,
    'Heads',
    ...policy.heads.map(
      (head) => `  ${head.name}: ${head.weight} × ${head.output}, allowed ${head.min} to ${head.max}`,
    ),
    'Outputs of the model',
    ...outputs.map((output) => `  ${output.name}: ${output.shape}`),
    'Trained on',
    ...trainingData.datasets.map(
      ({ name, jurisdiction, rows, period }) =>
        `  ${name}: ${jurisdiction}, ${rows} rows, ${period.from} to ${period.to}`,
    ),
    'Files',
    ...files.map((file) => `  ${file.sha256}  ${String(file.bytes).padStart(10)}  ${file.path}`),
  ].join('\n');
}

const checks = ({ digest, policy, features, outputs, trainingData, files }: Bundle): string[] => [
  `${files.length} files: plain, each of a kind a release has, no link, no pickle, no name twice`,
  'release.yaml, policy.yaml, features.json, training-data.json and model-card.md can be read and follow their format',
  `model.onnx: standard operators only, no data from outside the bundle, ${features.length} features as features.json names`,
  `outputs: ${outputs.length}, each one float32 for every candidate; heads: ${policy.heads.length}, each with its output`,
  'onnxruntime loaded the model and ran it',
  `trained on data from ${[...new Set(trainingData.datasets.map((dataset) => dataset.jurisdiction))].join(', ')}`,
  `digest ${digest}`,
];

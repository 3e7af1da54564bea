import { createPublicKey } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { badInput } from '../../../shared/domain/error.ts';
import { passphraseStrength } from '../../../shared/domain/roster/passphrase.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { HeldKeys } from '../../services/roster/held-keys.ts';
import { publicKeyTexts } from '../../services/roster/public-key-texts.ts';
import { publicKeyPem } from '../../services/signoff/ed25519.ts';
import { changePassphrase, createKey, unlockKey } from '../../services/signoff/key-file.ts';
import { NO_KEY_STORE } from '../../services/signoff/key-store.ts';
import { replaceFile, writeNewFile } from '../../services/signoff/new-file.ts';
import { readText } from '../../services/signoff/text-file.ts';
import { withWorkspace } from '../workspace.ts';
import { present } from '../output.ts';
import { askNewPassphrase, askPassphrase } from '../passphrase.ts';

const FORMATS = ['pem', 'openssh', 'minisign'] as const;

export function keyCommand(): Command {
  const key = new Command('key').description('make, keep and show the keys people sign with');
  key
    .command('new')
    .requiredOption('--out <file>', 'where the private key goes, under a passphrase')
    .requiredOption('--name <person>', 'whose key it is')
    .description('make an Ed25519 key; the passphrase comes from STATESIDE_PASSPHRASE or is asked for')
    .action(async ({ out, name }: { out: string; name: string }, command: Command) => {
      const passphrase = await askNewPassphrase(out);
      const { pem, publicKey, keyId } = createKey(passphrase);
      const { bits, verdict, advice } = passphraseStrength(passphrase);
      const publicPath = `${out.replace(/\.pem$/, '')}.pub.pem`;
      await writeNewFile(publicPath, publicKey, 0o644);
      try {
        await writeNewFile(out, pem);
      } catch (error) {
        await rm(publicPath, { force: true });
        throw error;
      }
      const strength = { bits, verdict };
      present(command, { name, keyId, privateKey: out, publicKey: publicPath, strength }, () =>
        [
          `A key for ${name}`,
          `  keyid        ${keyId}`,
          `  private key  ${out}`,
          `  public key   ${publicPath}`,
          `  passphrase   ${verdict}, about ${bits} bits. ${advice}`,
        ].join('\n'),
      );
    });

  key
    .command('show')
    .argument('<public-key>', 'a public key in PEM')
    .addOption(new Option('--format <format>').choices(FORMATS).default('pem'))
    .option('--comment <text>', 'whose it is, for the OpenSSH line', 'stateside')
    .description('write a public key as PEM, as an OpenSSH line or as a minisign public key')
    .action(
      async (
        path: string,
        { format, comment }: { format: (typeof FORMATS)[number]; comment: string },
        command: Command,
      ) => {
        const text = publicKeyTexts(readPublic(path, await readText(path)), comment)[format];
        present(command, { format, text }, () => text.trimEnd());
      },
    );

  key
    .command('passphrase')
    .argument('<key>', 'a private key')
    .description('put a private key under another passphrase, asked for or from STATESIDE_NEW_PASSPHRASE')
    .action(async (path: string, _options: unknown, command: Command) => {
      const pem = await readText(path);
      const passphrase = await askPassphrase(path);
      const { keyId } = unlockKey(pem, passphrase, path);
      const next =
        process.env['STATESIDE_NEW_PASSPHRASE'] ?? (await askNewPassphrase(`${path}, the new one`));
      await replaceFile(path, changePassphrase(pem, passphrase, next, path), 0o600);
      present(command, { key: path, keyId }, () => `${path} is under the new passphrase.`);
    });

  key
    .command('backup')
    .requiredOption('--workspace <folder>', 'the workspace')
    .requiredOption('--key-id <keyid>', 'which key')
    .requiredOption('--out <file>', 'where the private key goes, under its passphrase as before')
    .description('copy a private key out of a workspace')
    .action(
      ({ workspace, keyId, out }: { workspace: string; keyId: string; out: string }, command: Command) =>
        withWorkspace(workspace, async ({ folder, roster }) => {
          const { pem } = await new HeldKeys(folder, roster, NO_KEY_STORE).backUp(keyId);
          await writeNewFile(out, pem);
          present(command, { keyId, file: out }, () => `${out} holds the key, under its passphrase.`);
        }),
    );

  key
    .command('restore')
    .argument('<key>', 'a private key that was backed up')
    .requiredOption('--workspace <folder>', 'the workspace')
    .description('put a private key into a workspace, when its passphrase opens it')
    .action(async (path: string, { workspace }: { workspace: string }, command: Command) => {
      const pem = await readText(path);
      const passphrase = await askPassphrase(path);
      await withWorkspace(workspace, async ({ folder, roster }) => {
        const { keyId, person } = await new HeldKeys(folder, roster, NO_KEY_STORE).restore(pem, passphrase);
        present(
          command,
          { keyId, person },
          () => `${workspacePaths(folder).keys} holds the key of ${person ?? 'nobody on the roster'} again.`,
        );
      });
    });
  return key;
}

function readPublic(path: string, text: string): string {
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519' && !text.includes('PRIVATE')) return publicKeyPem(key);
  } catch {
    // Said below, for a file of another kind and one that is no key alike.
  }
  throw badInput(`${path} is no Ed25519 public key in PEM; give the .pub.pem file`);
}

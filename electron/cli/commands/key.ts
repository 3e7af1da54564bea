import { Command } from 'commander';
import { createKey } from '../../services/signoff/key-file.ts';
import { writeNewFile } from '../../services/signoff/new-file.ts';
import { askNewPassphrase } from '../passphrase.ts';
import { present } from '../output.ts';

export function keyCommand(): Command {
  const key = new Command('key').description('Make the key a person signs with.');
  key
    .command('new')
    .requiredOption('--out <file>', 'where the private key goes, under a passphrase')
    .requiredOption('--name <person>', 'whose key it is')
    .description('make an Ed25519 key; the passphrase comes from STATESIDE_PASSPHRASE or is asked for')
    .action(async ({ out, name }: { out: string; name: string }, command: Command) => {
      const { pem, publicKey, keyId } = createKey(await askNewPassphrase(out));
      const publicPath = `${out.replace(/\.pem$/, '')}.pub.pem`;
      await writeNewFile(out, pem);
      await writeNewFile(publicPath, publicKey, 0o644);
      present(command, { name, keyId, privateKey: out, publicKey: publicPath }, () =>
        [
          `A key for ${name}`,
          `  keyid        ${keyId}`,
          `  private key  ${out}`,
          `  public key   ${publicPath}`,
        ].join('\n'),
      );
    });
  return key;
}

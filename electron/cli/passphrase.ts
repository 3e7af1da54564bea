import { refused, StatesideError } from '../../shared/domain/error.ts';

/** The passphrase from STATESIDE_PASSPHRASE, else asked for on the terminal without showing it. */
export async function askPassphrase(what: string): Promise<string> {
  const given = process.env['STATESIDE_PASSPHRASE'];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) {
    throw refused(`there is no terminal to ask for the passphrase of ${what}; set STATESIDE_PASSPHRASE`);
  }
  return readHidden(`Passphrase of ${what}: `);
}

/** Like `askPassphrase`, for a new key: what is typed must be typed twice. */
export async function askNewPassphrase(what: string): Promise<string> {
  const first = await askPassphrase(what);
  if (process.env['STATESIDE_PASSPHRASE'] !== undefined) return first;
  if ((await readHidden('The same again: ')) !== first)
    throw refused('the two passphrases differ; start again');
  return first;
}

function readHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true).setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = () => {
      stdin.off('data', take).setRawMode(false).pause();
      stderr.write('\n');
    };
    const take = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          end();
          resolve(typed);
          return;
        }
        if (character === '\u0003' || character === '\u0004') {
          end();
          reject(new StatesideError('cancelled', 'no passphrase was given'));
          return;
        }
        typed = character === '\u007f' ? typed.replace(/.$/su, '') : typed + character;
      }
    };
    stdin.on('data', take);
  });
}

import { createCipheriv, randomBytes, scryptSync, type KeyObject } from 'node:crypto';

/** OWASP's minimum for scrypt within the 32 MiB that OpenSSL allows a key file. */
const COST = { N: 2 ** 14, r: 8, p: 5 };

export const PBES2 = '06092a864886f70d01050d';
export const SCRYPT = '06092b06010401da47040b';
export const AES_256_CBC = '060960864801650304012a';

/**
 * A private key as PKCS#8 EncryptedPrivateKeyInfo in PEM: PBES2 with scrypt (RFC 7914) and AES-256-CBC,
 * the same structure `openssl pkcs8 -topk8 -scrypt` writes. node:crypto cannot write it.
 */
export function encryptedPkcs8(key: KeyObject, passphrase: string): string {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', scryptSync(passphrase, salt, 32, COST), iv);
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  const kdf = sequence(
    hex(SCRYPT),
    sequence(octets(salt), integer(COST.N), integer(COST.r), integer(COST.p)),
  );
  const scheme = sequence(hex(AES_256_CBC), octets(iv));
  const der = sequence(sequence(hex(PBES2), sequence(kdf, scheme)), octets(encrypted));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));
const octets = (bytes: Buffer): Buffer => element(0x04, bytes);

function integer(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = hex(digits.length % 2 === 0 ? digits : `0${digits}`);
  return element(0x02, (bytes[0] ?? 0) > 0x7f ? Buffer.concat([hex('00'), bytes]) : bytes);
}

/** One DER element; every length here is below 256. */
function element(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

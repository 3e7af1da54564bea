import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bundleDigest } from '../../../shared/domain/release/digest.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const files = [
  { path: 'release.yaml', sha256: sha256('release\n') },
  { path: 'model.onnx', sha256: sha256('model\n') },
  { path: 'weights/tower.safetensors', sha256: sha256('tower\n') },
  { path: 'weights/émb.safetensors', sha256: sha256('emb\n') },
  { path: 'model-card.md', sha256: sha256('') },
];

it('is what another program computes', () => {
  // python3: hashlib.sha256(json.dumps(files, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode())
  expect(bundleDigest(files, sha256)).toBe(
    '5ecd753d9461e65ec107a6ed5a094548ad99f237c9f9f4c68289f34b830412e4',
  );
});

it('does not depend on the order of files, nor on the signature', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      const signed = [...shuffled, { path: 'model.sig', sha256: sha256('signature') }];
      expect(bundleDigest(signed, sha256)).toBe(bundleDigest(files, sha256));
    }),
  );
});

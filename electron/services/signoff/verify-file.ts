import type { Verification } from '../../../shared/contract/signoff.ts';
import { readText } from './text-file.ts';
import { readPackageZip } from './package/package-zip.ts';
import { verifyPackage } from './package/verify-package.ts';
import { verifyRecord, type RecordToVerify } from './verify-record.ts';

/** Verifies a release record (JSON) or a whole package (.zip) as it lies on disk. */
export async function verifyFile(path: string, trust: Omit<RecordToVerify, 'record'>): Promise<Verification> {
  const { ok, steps } = path.toLowerCase().endsWith('.zip')
    ? verifyPackage(await readPackageZip(path), trust)
    : verifyRecord({ ...trust, record: await readText(path) });
  return { ok, steps };
}

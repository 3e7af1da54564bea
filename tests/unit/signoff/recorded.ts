import { writeRecord, type ReleaseRecord } from '../../../electron/services/signoff/record.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import { cast, chainOf, frozen, record, rosterText, type Signer } from './cast.ts';

export const roster = rosterText();
export const chain = chainOf(roster);
export const { payload, digest } = frozen(chain);
/** The record of two approvers. */
export const good = record(payload, [{ who: cast.ada }, { who: cast.ben }]);

export const verify = (value: ReleaseRecord | string, rosters = [roster], pin?: string) =>
  verifyRecord({
    record: typeof value === 'string' ? value : writeRecord(value),
    rosters: rosters.map((text, index) => ({ name: `roster-${index + 1}.json`, text })),
    ...(pin === undefined ? {} : { pin }),
  });
export const firstFailure = (...args: Parameters<typeof verify>) =>
  verify(...args).steps.find(({ ok }) => !ok);
export const signedBy = (...signers: Signer[]) => record(payload, signers);

/** The same signatures over a payload changed by `change`, or signed anew over it where `anew`. */
export const altered = (change: (statement: string) => string, anew: boolean): ReleaseRecord => {
  const text = change(payload);
  return anew
    ? record(text, [{ who: cast.ada }, { who: cast.ben }])
    : { ...good, payload: Buffer.from(text).toString('base64') };
};

// Makes the sample's people anew: one key file each under keys/, and roster.json signed by the two US roots.
// Run it as `node resources/sample/people/make.ts`; it refuses to overwrite what is there.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createKey, unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { signEnvelope } from '../../../electron/services/signoff/envelope.ts';
import { writeNewFile } from '../../../electron/services/signoff/new-file.ts';
import { Roster, ROSTER_PAYLOAD, type Person } from '../../../shared/domain/roster/roster.ts';

const PASSPHRASE = 'stateside sample';
const VALIDITY = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2028-01-01T00:00:00Z' };

const people: Omit<Person, 'keys'>[] = [
  { id: 'ines.calloway', name: 'Ines Calloway', organisation: 'us', roles: ['root'] },
  { id: 'theo.marchetti', name: 'Theo Marchetti', organisation: 'us', roles: ['root'] },
  { id: 'dana.whitfield', name: 'Dana Whitfield', organisation: 'us', roles: ['approver'] },
  { id: 'joel.abernathy', name: 'Joel Abernathy', organisation: 'us', roles: ['approver'] },
  { id: 'priya.raman', name: 'Priya Raman', organisation: 'us', roles: ['approver'] },
  { id: 'lucia.ortega', name: 'Lucia Ortega', organisation: 'us', roles: ['reviewer'] },
  { id: 'sam.okafor', name: 'Sam Okafor', organisation: 'us', roles: ['reviewer'] },
  { id: 'mara.quinones', name: 'Mara Quiñones', organisation: 'us', roles: ['analyst'] },
  { id: 'anneli.berg', name: 'Anneli Berg', organisation: 'global', roles: ['root'] },
  { id: 'wei.larsen', name: 'Wei Larsen', organisation: 'global', roles: ['approver'] },
  { id: 'henrik.solvang', name: 'Henrik Solvang', organisation: 'global', roles: ['analyst'] },
];

const folder = import.meta.dirname;
await mkdir(join(folder, 'keys'), { recursive: true });
const holders = people.map((person) => ({ person, key: createKey(PASSPHRASE) }));
const roster = Roster.parse({
  format: 'stateside-roster',
  version: 1,
  previous: null,
  organisation: 'us',
  issuedAt: '2026-01-05T09:00:00Z',
  people: holders.map(({ person, key }) => ({
    ...person,
    keys: [{ publicKey: key.publicKey, ...VALIDITY }],
  })),
  revocations: [],
  thresholds: { approver: 2, root: 2 },
});
const roots = holders
  .filter(({ person }) => person.organisation === 'us' && person.roles.includes('root'))
  .map(({ key }) => unlockKey(key.pem, PASSPHRASE));
const envelope = signEnvelope(ROSTER_PAYLOAD, roster, roots);
await writeNewFile(join(folder, 'roster.json'), `${JSON.stringify(envelope, undefined, 2)}\n`, 0o644);
for (const { person, key } of holders) await writeNewFile(join(folder, 'keys', `${person.id}.pem`), key.pem);

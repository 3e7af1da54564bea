import { basename, dirname, join } from 'node:path';

/** Where Stateside's own files lie: beside the source in a checkout, in `out/`, or in the installed app. */
const here = import.meta.dirname;
const fromSource = import.meta.filename.endsWith('.ts');
const workers = fromSource ? join(here, 'workers') : basename(here) === 'chunks' ? dirname(here) : here;
const worker = (name: string): string => join(workers, fromSource ? `${name}.ts` : `${name}.js`);

/** What runs on worker threads. */
export const workerFiles = {
  services: worker('services'),
  replay: worker('replay'),
  weights: worker('weights'),
} as const;

const archive = join('app.asar', 'out', 'main');
const resources = workers.endsWith(archive)
  ? workers.slice(0, -archive.length)
  : join(workers, '..', '..', 'resources');

/** The bundled sample: snapshot, releases, people, references. */
export const sampleFolder = join(resources, 'sample');

/** The policy libraries that ship with this version. */
export const policiesFolder = join(resources, 'policies');

/** The gates that a new workspace begins with. */
export const gatesFile = join(resources, 'gates.yaml');

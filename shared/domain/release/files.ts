/** What every bundle holds. */
export const REQUIRED_FILES = [
  'release.yaml',
  'model.onnx',
  'policy.yaml',
  'features.json',
  'training-data.json',
  'model-card.md',
] as const;

export const SIGNATURE_FILE = 'model.sig';
export const WEIGHTS_FOLDER = 'weights';

const WEIGHTS_FILE = /^weights\/[^/]+\.safetensors$/;
const PICKLE_NAME = /\.(pkl|pickle|pt|pth|bin|ckpt|joblib)$/i;
/** Characters and names that some system cannot store, hides, or takes for a device. */
const UNSTORABLE = /[\p{C}<>:"|?*]|(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/iu;

/** Whether a file is large by nature; the others are papers, read whole. */
export const isTensorFile = (path: string): boolean => path === 'model.onnx' || WEIGHTS_FILE.test(path);

export const isWeightsFile = (path: string): boolean => WEIGHTS_FILE.test(path);

/** Why a path would lead out of the folder it is unpacked to, in words that follow the path; null when it stays in. */
export function escapeProblem(path: string): string | null {
  if (path.includes('\\')) return 'has a backslash in its name; pack it with / between folders';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return 'is an absolute path; pack it relative to the bundle';
  const segments = path.split('/');
  if (segments.includes('..')) return 'leads out of the bundle by ".."; pack it relative to the bundle';
  if (segments.includes('') || segments.includes('.')) return 'is not a plain relative path; pack it again';
  return null;
}

/** Why a file may not be in a bundle, in words that follow its path; null when it may. */
export function fileProblem(path: string): string | null {
  const escape = escapeProblem(path);
  if (escape !== null) return escape;
  if (PICKLE_NAME.test(path))
    return 'is a pickle by its name, and reading one runs code; store weights as safetensors';
  if (UNSTORABLE.test(path)) return 'has a name that not every system can store; rename it';
  if (path === SIGNATURE_FILE || WEIGHTS_FILE.test(path) || REQUIRED_FILES.some((name) => name === path))
    return null;
  return 'is not a file of a release; take it out';
}

/** Two paths that some file system takes for one (same letters in other case or Unicode form), or null. */
export function findTwins(paths: readonly string[]): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const key = path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
    const twin = seen.get(key);
    if (twin !== undefined) return [twin, path];
    seen.set(key, path);
  }
  return null;
}

/** The required files that are not among `paths`. */
export function missingFiles(paths: readonly string[]): readonly string[] {
  return REQUIRED_FILES.filter((name) => !paths.includes(name));
}

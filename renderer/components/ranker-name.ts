/** A version that names itself (us-2026.11.0) stands alone; a bare number needs the ranker's name before it. */
export const rankerName = ({ name, version }: { name: string; version: string }): string =>
  /[a-z]/i.test(version) ? version : `${name} ${version}`;

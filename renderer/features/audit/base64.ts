/** A checkpoint writes hashes in base64; digests are read in hex everywhere else. */
export const hexOf = (base64: string): string =>
  Array.from(atob(base64), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');

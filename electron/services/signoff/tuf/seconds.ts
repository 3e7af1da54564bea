/** TUF writes moments without fractions of a second. */
export const seconds = (moment: string): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

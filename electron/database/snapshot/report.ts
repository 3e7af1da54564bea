/** Takes one problem a check found, a whole sentence. */
export type Report = (problem: string) => void;

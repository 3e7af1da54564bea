/** Is told how far a sum over many decisions is, from 0 to 1; what it throws ends the sum. */
export type Told = (share: number) => void;

import { createContext } from 'react';

/** What the figures of a page are about: the start of their file names, and the line under their pictures. */
export interface Source {
  readonly name: string;
  readonly line: string;
}

export const ExportSource = createContext<Source>({ name: 'stateside', line: 'Stateside' });

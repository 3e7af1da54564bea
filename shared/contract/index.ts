import type { z } from 'zod';
import { audit } from './audit.ts';
import type { Envelope } from './channel.ts';
import { gates } from './gates.ts';
import { jobs, type Job } from './jobs.ts';
import { releases } from './releases.ts';
import { replay } from './replay.ts';
import { review } from './review.ts';
import { roster } from './roster.ts';
import { shell, type Opening } from './shell.ts';
import { signoff } from './signoff.ts';
import { snapshots } from './snapshots.ts';
import { weights } from './weights.ts';
import { workspace } from './workspace.ts';

/** Services that run off the main process, in window and command line alike. */
export const serviceContract = {
  workspace,
  snapshots,
  releases,
  weights,
  replay,
  gates,
  review,
  roster,
  signoff,
  audit,
  jobs,
};

export const contract = { ...serviceContract, shell };

type Contract = typeof contract;
export type ServiceName = keyof Contract;

type Call<C> = C extends { input: infer I extends z.ZodType; output: infer O extends z.ZodType }
  ? z.input<I> extends void
    ? () => Promise<z.output<O>>
    : (input: z.input<I>) => Promise<z.output<O>>
  : never;

type Wrapped<C> = C extends { input: infer I extends z.ZodType; output: infer O extends z.ZodType }
  ? (input: z.input<I>) => Promise<Envelope<z.output<O>>>
  : never;

/** What a service implements. Failures are thrown as StatesideError. */
export type ServiceApi<Name extends ServiceName> = {
  [Method in keyof Contract[Name]]: Call<Contract[Name][Method]>;
};

/** What the preload script puts on `window.stateside`. */
export type BridgeApi = {
  [Name in ServiceName]: { [Method in keyof Contract[Name]]: Wrapped<Contract[Name][Method]> };
} & {
  /** Subscribes to an event; the answer ends the subscription. */
  on<Name extends keyof Events>(event: Name, listener: (payload: Events[Name]) => void): () => void;
  /** The path on disk of a file that was dropped on the window. */
  pathOf(file: unknown): string;
};

/** What main tells the window unasked. */
export interface Events {
  'jobs:changed': Job[];
  /** Names of services whose data changed, so that views of them load again. */
  'data:changed': ServiceName[];
  /** A menu item or shortcut asks the window to go somewhere. */
  'shell:go': string;
  /** How far the opening of a workspace is; null once it is open. */
  'shell:opening': Opening | null;
}

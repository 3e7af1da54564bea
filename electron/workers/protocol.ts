import type { Events } from '../../shared/contract/index.ts';
import type { Envelope } from '../../shared/contract/channel.ts';
import type { Packed } from '../../shared/contract/packed.ts';

/** Paths of the bundled or source files that run as worker threads. */
export interface WorkerFiles {
  /** Hosts all services and the one writer of the workspace. */
  readonly services: string;
  /** Pool entry: reading, inference, ranking, comparing. */
  readonly replay: string;
  /** Pool entry: statistics and comparison of tensors. */
  readonly weights: string;
}

/** What the main process hands to the services thread at its start. */
export interface ServicesStart {
  readonly workspaceFolder: string;
  /** Folder of `resources/sample`, used to found the sample workspace when `workspaceFolder` does not exist yet. */
  readonly sampleFolder: string | null;
  readonly workerFiles: WorkerFiles;
}

export interface ServiceCall {
  readonly id: number;
  readonly service: string;
  readonly method: string;
  readonly input: unknown;
}

/** Asks the services thread to end what it does at a place where nothing is lost, and then itself. */
export const CLOSE = 'close';

/** The services ask the main process to use the system's key store. */
export interface KeyStoreAsk {
  readonly kind: 'keyStore';
  readonly id: number;
  readonly what: 'describe' | 'seal' | 'unseal';
  readonly text: string;
}

export interface KeyStoreAnswer {
  readonly kind: 'keyStore';
  readonly id: number;
  readonly answer: Envelope<unknown>;
}

export type ServiceMessage =
  | KeyStoreAsk
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Packed }
  | {
      [Name in keyof Events]: { readonly kind: 'event'; readonly name: Name; readonly payload: Events[Name] };
    }[keyof Events];

import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Packed } from '../../shared/contract/packed.ts';
import type { KeyStore } from '../services/signoff/key-store.ts';
import { enveloped } from '../workers/envelope.ts';
import {
  CLOSE,
  type KeyStoreAnswer,
  type KeyStoreAsk,
  type ServiceCall,
  type ServiceMessage,
  type ServicesStart,
} from '../workers/protocol.ts';

type ServiceEvent = Extract<ServiceMessage, { kind: 'event' }>;

interface Listeners {
  readonly event: (event: ServiceEvent) => void;
  /** The services could not start, for a reason that a person can act upon, or stopped on their own. */
  readonly stopped: (reason: 'failed' | 'crashed', message: string) => void;
  /** The system's key store, which only this process reaches. */
  readonly keyStore: KeyStore;
}

interface Waiting {
  resolve(answer: Packed): void;
}

const STOPPED: Packed = {
  ok: false,
  error: {
    code: 'cancelled',
    message: 'The part of Stateside that does the work stopped; restart it and try again',
  },
};

/** A thread that has not ended by then is ended. */
const CLOSE_MS = 5000;

/** Runs all services in a thread of their own, so that the main process only relays. */
export class ServiceHost {
  #start: ServicesStart;
  readonly #listeners: Listeners;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(start: ServicesStart, listeners: Listeners) {
    this.#start = start;
    this.#listeners = listeners;
  }

  /** Starts the thread, anew after it stopped. Calls made before it is ready wait in its queue. */
  start(): void {
    const worker = new Worker(this.#start.workerFiles.services, { workerData: this.#start });
    this.#worker = worker;
    worker.on('message', (message: ServiceMessage) => this.#receive(worker, message));
    worker.on('error', (error) =>
      this.#stop(worker, 'crashed', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    worker.on('exit', (code) =>
      this.#stop(worker, 'crashed', `the services thread ended with exit code ${code}`),
    );
  }

  /** Ends the thread and starts it on another workspace; calls that wait are answered as stopped. */
  async reopen(start: ServicesStart): Promise<void> {
    await this.close();
    this.#answerAll();
    this.#start = start;
    this.start();
  }

  /** The answer to a call, still packed. */
  call(service: string, method: string, input: unknown): Promise<Packed> {
    return this.#worker === null ? Promise.resolve(STOPPED) : this.#ask(this.#worker, service, method, input);
  }

  /**
   * Ends the thread for good, without an alarm. It is asked first: ended from outside in the middle of native code, it
   * would take the process down with it.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    const ended = once(worker, 'exit').catch(() => {});
    worker.postMessage(CLOSE);
    await Promise.race([ended, setTimeout(CLOSE_MS, undefined, { ref: false })]);
    await worker.terminate();
  }

  #ask(worker: Worker, service: string, method: string, input: unknown): Promise<Packed> {
    this.#lastId += 1;
    const call: ServiceCall = { id: this.#lastId, service, method, input };
    return new Promise((resolve) => {
      this.#waiting.set(call.id, { resolve });
      worker.postMessage(call);
    });
  }

  #receive(worker: Worker, message: ServiceMessage): void {
    if (message.kind === 'answer') {
      this.#waiting.get(message.id)?.resolve(message.answer);
      this.#waiting.delete(message.id);
    } else if (message.kind === 'event') {
      this.#listeners.event(message);
    } else if (message.kind === 'keyStore') {
      void this.#useKeyStore(worker, message);
    } else if (message.kind === 'failed') {
      this.#stop(worker, 'failed', message.message);
    }
  }

  /** The first sign of an end counts; those that follow from it, and the end that was asked for, do not. */
  #stop(worker: Worker, reason: 'failed' | 'crashed', message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#answerAll();
    this.#listeners.stopped(reason, message);
  }

  #answerAll(): void {
    for (const { resolve } of this.#waiting.values()) resolve(STOPPED);
    this.#waiting.clear();
  }

  async #useKeyStore(worker: Worker, { id, what, text }: KeyStoreAsk): Promise<void> {
    const { keyStore } = this.#listeners;
    const use = enveloped((given: string): Promise<unknown> =>
      what === 'describe' ? keyStore.describe() : keyStore[what](given),
    );
    const answer: KeyStoreAnswer = { kind: 'keyStore', id, answer: await use(text) };
    worker.postMessage(answer);
  }
}

import { z } from 'zod';
import type { Envelope } from '../../shared/contract/channel.ts';
import type { KeyStore, KeyStoreState } from '../services/signoff/key-store.ts';
import { opened } from './envelope.ts';
import type { KeyStoreAnswer, KeyStoreAsk } from './protocol.ts';

const State: z.ZodType<KeyStoreState> = z.union([
  z.object({ name: z.string(), missingBecause: z.null() }),
  z.object({ name: z.null(), missingBecause: z.string() }),
]);

/** The system's key store, which only the main process can reach, as the services thread asks for it. */
export class RemoteKeyStore implements KeyStore {
  readonly #send: (ask: KeyStoreAsk) => void;
  readonly #waiting = new Map<number, (answer: Envelope<unknown>) => void>();
  #lastId = 0;

  constructor(send: (ask: KeyStoreAsk) => void) {
    this.#send = send;
  }

  async describe(): Promise<KeyStoreState> {
    return State.parse(await this.#ask('describe', ''));
  }

  async seal(text: string): Promise<string> {
    return z.base64().parse(await this.#ask('seal', text));
  }

  async unseal(sealed: string): Promise<string> {
    return z.string().parse(await this.#ask('unseal', sealed));
  }

  /** What the main process answered. */
  answered({ id, answer }: KeyStoreAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  async #ask(what: KeyStoreAsk['what'], text: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Envelope<unknown>>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ kind: 'keyStore', id, what, text });
    });
    return opened(await answer);
  }
}

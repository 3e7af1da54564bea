import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answer, DEFECT, relay } from '../../../electron/ipc/answer.ts';
import { channel } from '../../../shared/contract/channel.ts';
import { pack, type Packed } from '../../../shared/contract/packed.ts';
import { notFound, StatesideError } from '../../../shared/domain/error.ts';

const double = channel(z.object({ of: z.number() }), z.object({ is: z.number() }));

function asked(act: (input: { of: number }) => Promise<unknown>, input: unknown = { of: 2 }) {
  const log: unknown[][] = [];
  const envelope = answer('test:double', double, input, act, (...entry) => log.push(entry));
  return envelope.then((envelope) => ({ envelope, log }));
}

describe('a call of the window', () => {
  it('is answered with the value that the contract has, and no more of it', async () => {
    const { envelope, log } = await asked(({ of }) => Promise.resolve({ is: of * 2, secret: 'passphrase' }));
    expect(envelope).toEqual({ ok: true, value: { is: 4 } });
    expect(log).toEqual([]);
  });

  it('of the wrong form never reaches the work', async () => {
    let reached = false;
    const { envelope } = await asked(
      () => {
        reached = true;
        return Promise.resolve({ is: 0 });
      },
      { of: 'two' },
    );
    expect(envelope).toMatchObject({
      ok: false,
      error: { code: 'usage', message: expect.stringContaining('of: ') },
    });
    expect(reached).toBe(false);
  });

  it('fails with code and sentence where the failure was expected', async () => {
    const { envelope, log } = await asked(() => Promise.reject(notFound('there is no release abc')));
    expect(envelope).toEqual({
      ok: false,
      error: { code: 'not_found', message: 'there is no release abc.' },
    });
    expect(log).toEqual([]);
  });

  it.each([
    ['an error of the runtime', new TypeError("Cannot read 'key' of /home/dana/keys")],
    ['a defect of the services', new StatesideError('internal', 'SQLITE_CORRUPT at /home/dana/workspace')],
  ])('tells the window nothing of %s, and the log all', async (_what, error) => {
    const { envelope, log } = await asked(() => Promise.reject(error));
    expect(envelope).toEqual({ ok: false, error: { code: 'internal', message: DEFECT } });
    expect(log).toEqual([['test:double failed', error]]);
  });

  it('whose answer breaks the contract is a defect', async () => {
    const { envelope, log } = await asked(() => Promise.resolve({ is: 'four' }));
    expect(envelope).toEqual({ ok: false, error: { code: 'internal', message: DEFECT } });
    expect(log).toHaveLength(1);
  });
});

function passedOn(packed: Packed, input: unknown = { of: 2 }) {
  const log: unknown[][] = [];
  const calls: unknown[] = [];
  const call = (given: unknown) => {
    calls.push(given);
    return Promise.resolve(packed);
  };
  const answered = relay('test:double', double, input, call, (...entry) => log.push(entry));
  return answered.then((answered) => ({ answered, calls, log }));
}

describe('a call that is passed on', () => {
  it('brings the answer back unopened', async () => {
    const packed = pack({ is: 4 });
    const { answered, calls } = await passedOn(packed, { of: 2, more: 'than asked for' });
    expect(answered).toBe(packed);
    expect(calls).toEqual([{ of: 2 }]);
  });

  it('of the wrong form is not passed on', async () => {
    const { answered, calls } = await passedOn(pack({ is: 4 }), { of: null });
    expect(answered).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(calls).toEqual([]);
  });

  it('keeps an expected failure and hides a defect', async () => {
    const expected: Packed = { ok: false, error: { code: 'refused', message: 'not allowed' } };
    expect((await passedOn(expected)).answered).toEqual(expected);
    const defect = await passedOn({ ok: false, error: { code: 'internal', message: 'SQLITE_CORRUPT' } });
    expect(defect.answered).toEqual({ ok: false, error: { code: 'internal', message: DEFECT } });
    expect(defect.log).toEqual([['test:double failed', 'SQLITE_CORRUPT']]);
  });
});

describe('a packed value', () => {
  it('is text, unless it holds bytes or is nothing', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(pack([1, null, 'a'])).toEqual({ ok: true, json: '[1,null,"a"]' });
    expect(pack(null)).toEqual({ ok: true, json: 'null' });
    expect(pack(undefined)).toEqual({ ok: true, value: undefined });
    expect(pack({ mime: 'image/png', bytes })).toEqual({ ok: true, value: { mime: 'image/png', bytes } });
  });
});

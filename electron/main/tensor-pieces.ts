import { tensors, type TensorExport } from '../../shared/contract/tensors.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import type { Answering } from '../ipc/channels.ts';

/** The bytes of an exported tensor, asked of the services piece by piece, so that no more than one is ever held. */
export async function* tensorPieces(
  wanted: TensorExport,
  call: Answering['call'],
): AsyncGenerator<Uint8Array> {
  for (let from: number | null = 0; from !== null;) {
    const packed = await call('weights', 'tensorPart', { ...wanted, from });
    if (!packed.ok) throw new StatesideError(packed.error.code, packed.error.message);
    const part = tensors.tensorPart.output.parse('value' in packed ? packed.value : JSON.parse(packed.json));
    yield part.bytes;
    from = part.next;
  }
}

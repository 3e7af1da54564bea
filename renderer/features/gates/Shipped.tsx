import { Button } from '@mantine/core';
import type { GatesInForce } from '../../../shared/contract/gates.ts';
import { offeredGates } from '../../../shared/domain/gates/shipped.ts';
import { listOf } from '../../components/number.ts';
import css from './Gates.module.css';

/** Offers the gates that ship with Stateside and that the workspace never had; nothing is put in force unasked. */
export function Shipped({ inForce, onLook }: { inForce: GatesInForce; onLook: (text: string) => void }) {
  const { text: own, versions, shipped } = inForce;
  const before = versions.map((version) => version.text);
  const offered = offeredGates(own, before, shipped);
  if (offered === null) return null;
  const { titles, text } = offered;
  return (
    <div className={css['shipped']} role="status">
      <span>
        {titles.length === 1 ? 'A gate ships' : `${titles.length} gates ship`} with this version of Stateside
        that this workspace never had: {listOf(titles.map((title) => `“${title}”`))}.
      </span>
      <Button size="xs" variant="default" flex="none" onClick={() => onLook(text)}>
        Look at {titles.length === 1 ? 'it' : 'them'}
      </Button>
    </div>
  );
}

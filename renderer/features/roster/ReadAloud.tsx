import { Checkbox } from '@mantine/core';
import css from './Roster.module.css';

const GROUP = 4;
const PLACES = Array.from({ length: 64 / GROUP }, (_, nth) => nth * GROUP);

/** The digest that pins a first roster, in groups that can be read out, and that it was. */
export function ReadAloud({
  digest,
  confirmed,
  onConfirm,
}: {
  digest: string;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}) {
  return (
    <div className={css['aloud']}>
      <p>
        Read this number out to every root, by telephone or in one room, never in the message that brought the
        file. Each holds it against what their own machine shows.
      </p>
      <p className={css['number']}>
        <span className="visually-hidden">SHA-256 of the first roster: </span>
        {PLACES.map((at) => (
          <span key={at}>{digest.slice(at, at + GROUP)}</span>
        ))}
      </p>
      <Checkbox
        size="sm"
        label="It was read out, and every root has the same number"
        checked={confirmed}
        onChange={(event) => onConfirm(event.currentTarget.checked)}
      />
    </div>
  );
}

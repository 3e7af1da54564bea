import { Button } from '@mantine/core';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { bridge, value } from '../../app/bridge.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Mark } from '../../components/Mark.tsx';
import { plural } from '../../components/number.ts';
import { SaveText } from '../../components/SaveText.tsx';
import css from './Document.module.css';
import { useCollect } from './queries.ts';

/** Signatures travel as files: out with what is signed so far, in with what was signed elsewhere. */
export function Machines({ signoff }: { signoff: SignoffDetail }) {
  const collect = useCollect();
  const choose = async () => {
    const file = await value(bridge.shell.chooseText({ what: 'signatures' }));
    if (file !== null) collect.mutate(file.text);
  };
  const handOver = async () => {
    const { fileName, json } = await value(bridge.signoff.handOver({ releaseDigest: signoff.releaseDigest }));
    return { fileName, text: json };
  };
  return (
    <>
      <p className={css['prose']}>
        Whoever signs on another machine needs the statement from here. What comes back is verified again, and
        collected in any order gives the same record.
      </p>
      <div className={css['buttons']} style={{ marginTop: 12 }}>
        {signoff.statement !== null && (
          <SaveText label="Hand statement and signatures over…" make={handOver} />
        )}
        <Button variant="default" loading={collect.isPending} onClick={() => void choose()}>
          Take signatures in…
        </Button>
      </div>
      {collect.error !== null && <ErrorState error={collect.error} />}
      {collect.data !== undefined && (
        <p role="status" className={css['prose']}>
          <Mark
            tone={collect.data.added > 0 ? 'pass' : 'plain'}
            shape={collect.data.added > 0 ? 'tick' : 'dash'}
          >
            {plural(collect.data.added, 'signature')} taken in, {collect.data.known} known already
          </Mark>
        </p>
      )}
    </>
  );
}

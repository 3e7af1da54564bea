import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import { bridge } from '../app/bridge.ts';
import css from './Digest.module.css';

/** A SHA-256: the first 8 hex characters, the whole on hover, copied on click. */
export function Digest({ of, whole = false }: { of: string; whole?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await bridge.shell.copyText({ text: of });
    setCopied(true);
    setTimeout(() => setCopied(false), 1200);
  };
  return (
    <Tooltip label={copied ? 'Copied' : <span className="mono">{of}</span>} multiline maw={560}>
      <button
        type="button"
        className={css.digest}
        aria-label={`Copy digest ${of}`}
        onClick={(event) => {
          event.stopPropagation();
          void copy();
        }}
      >
        {whole ? of : of.slice(0, 8)}
      </button>
    </Tooltip>
  );
}

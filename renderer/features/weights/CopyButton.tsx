import { Button } from '@mantine/core';
import { useState } from 'react';
import { bridge, value } from '../../app/bridge.ts';

const SAID_MS = 1200;

/** Copies text as a form of it, and says for a moment that it did. */
export function CopyButton({ what, text }: { what: string; text: () => string | Promise<string> }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await value(bridge.shell.copyText({ text: await text() }));
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <Button variant="default" aria-label={what} onClick={() => void copy()}>
      {copied ? 'Copied' : what}
    </Button>
  );
}

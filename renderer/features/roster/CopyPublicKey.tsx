import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { PublicKeyTexts } from '../../../shared/contract/roster.ts';
import { bridge } from '../../app/bridge.ts';

const FORMS = [
  ['pem', 'PEM (openssl)'],
  ['openssh', 'OpenSSH line'],
  ['minisign', 'minisign'],
] as const;

/** The public half on the clipboard, in the form that the person's tools read. */
export function CopyPublicKey({
  of,
  name,
}: {
  of: Readonly<Record<keyof PublicKeyTexts, string>>;
  name: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    await bridge.shell.copyText({ text });
    setCopied(true);
    setTimeout(() => setCopied(false), 1200);
  };
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button variant="subtle" color="gray" h={24} px={6} aria-label={`Copy the public key ${name}`}>
          {copied ? 'Copied' : 'Copy public key'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMS.map(([form, label]) => (
          <Menu.Item key={form} onClick={() => void copy(of[form])}>
            As {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

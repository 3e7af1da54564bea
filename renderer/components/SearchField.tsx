import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useKeyPress } from '../app/keys.ts';

const PAUSE_MS = 150;

/** Text that narrows a list; `/` puts the cursor into it. Tells after a short pause in typing. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  useKeyPress(
    useCallback((event) => {
      if (event.key !== '/') return;
      event.preventDefault();
      input.current?.focus();
    }, []),
  );
  return (
    <TextInput
      ref={input}
      w={280}
      size="xs"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={
        text === '' ? null : (
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />
        )
      }
    />
  );
}

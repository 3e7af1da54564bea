import { TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

/** An id that must match whole; told when the person leaves the field or presses Enter. */
export function ExactField({
  label,
  value = '',
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const tell = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    tell();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        size="xs"
        w={112}
        aria-label={label}
        placeholder={label}
        title={`The ${label.toLowerCase()}'s whole id`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={tell}
      />
    </form>
  );
}

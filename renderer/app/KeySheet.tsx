import { Modal } from '@mantine/core';
import { useCallback, useState } from 'react';
import { KeyList } from '../components/KeyList.tsx';
import { GENERAL_KEYS } from './general-keys.ts';
import { useKeyPress, useKeys } from './keys.ts';

/** What `?` shows: first the keys of the page, then those that work everywhere. */
export function KeySheet() {
  const [opened, setOpened] = useState(false);
  const pageKeys = useKeys((keys) => keys.pageKeys);
  useKeyPress(
    useCallback((event) => {
      if (event.key === '?') setOpened(true);
    }, []),
  );
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title="Keys" size="md">
      {pageKeys.length > 0 && <KeyList title="On this page" keys={pageKeys} />}
      <KeyList title="Everywhere" keys={GENERAL_KEYS} />
    </Modal>
  );
}

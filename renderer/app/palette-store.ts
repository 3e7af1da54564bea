import { createSpotlight, useSpotlight } from '@mantine/spotlight';
import { useEffect } from 'react';

export const [paletteStore, palette] = createSpotlight();

/** Keeps the first answer chosen while answers come in, so that Enter takes it. `answers` names them all. */
export function useFirstAnswer(answers: string): void {
  const { opened, listId } = useSpotlight(paletteStore);
  useEffect(() => {
    if (!opened || listId === '' || answers === '') return;
    const list = document.getElementById(listId);
    list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
    list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
    paletteStore.updateState((state) => ({ ...state, selected: 0 }));
  }, [opened, listId, answers]);
}

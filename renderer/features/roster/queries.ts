import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { roster } from '../../../shared/contract/roster.ts';
import { bridge, value } from '../../app/bridge.ts';

type Input<Name extends keyof typeof roster> = z.input<(typeof roster)[Name]['input']>;

export const useRoster = () =>
  useQuery({ queryKey: ['roster', 'get'], queryFn: () => value(bridge.roster.get()) });

export const useHeldKeys = () =>
  useQuery({ queryKey: ['roster', 'keys'], queryFn: () => value(bridge.roster.keys()) });

/** Who unlocked a key at this window; null when nobody did. */
export const useUnlocked = () =>
  useQuery({ queryKey: ['roster', 'unlocked'], queryFn: () => value(bridge.roster.unlocked()) });

export const useUnlock = () =>
  useMutation({ mutationFn: (input: Input<'unlock'>) => value(bridge.roster.unlock(input)) });

export const useLock = () => useMutation({ mutationFn: () => value(bridge.roster.lock()) });

export const useKeyStore = () =>
  useQuery({ queryKey: ['roster', 'keyStore'], queryFn: () => value(bridge.roster.keyStore()) });

export const useSealKey = () =>
  useMutation({ mutationFn: ({ keyId }: Input<'sealKey'>) => value(bridge.roster.sealKey({ keyId })) });

export const useUnsealKey = () =>
  useMutation({ mutationFn: ({ keyId }: Input<'unsealKey'>) => value(bridge.roster.unsealKey({ keyId })) });

/** The draft as it stands, read and checked anew against the chain. */
export const useDraft = (text: string | null) =>
  useQuery({
    queryKey: ['roster', 'draft', text],
    queryFn: () => value(bridge.roster.readDraft({ text: text ?? '' })),
    enabled: text !== null,
    // one more signature must not take the page away
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

export const useMakeDraft = () =>
  useMutation({ mutationFn: (input: Input<'draft'>) => value(bridge.roster.draft(input)) });

export const useSignDraft = () =>
  useMutation({ mutationFn: (input: Input<'signDraft'>) => value(bridge.roster.signDraft(input)) });

export const useImportRoster = () =>
  useMutation({ mutationFn: (text: string) => value(bridge.roster.import({ text })) });

export const useNewKey = () =>
  useMutation({ mutationFn: (input: Input<'newKey'>) => value(bridge.roster.newKey(input)) });

export const useRestoreKey = () =>
  useMutation({ mutationFn: (input: Input<'restoreKey'>) => value(bridge.roster.restoreKey(input)) });

export const useChangePassphrase = () =>
  useMutation({
    mutationFn: (input: Input<'changePassphrase'>) => value(bridge.roster.changePassphrase(input)),
  });

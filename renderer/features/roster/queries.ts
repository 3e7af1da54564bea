import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { roster } from '../../../shared/contract/roster.ts';
import { bridge, value } from '../../app/bridge.ts';

type Input<Name extends keyof typeof roster> = z.input<(typeof roster)[Name]['input']>;

export const useRoster = () =>
  useQuery({ queryKey: ['roster', 'get'], queryFn: () => value(bridge.roster.get()) });

export const useHeldKeys = () =>
  useQuery({ queryKey: ['roster', 'keys'], queryFn: () => value(bridge.roster.keys()) });

/** The draft as it stands, read and checked anew against the chain. */
export const useDraft = (text: string | null) =>
  useQuery({
    queryKey: ['roster', 'draft', text],
    queryFn: () => value(bridge.roster.readDraft({ text: text ?? '' })),
    enabled: text !== null,
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

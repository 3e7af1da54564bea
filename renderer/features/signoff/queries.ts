import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { signoff } from '../../../shared/contract/signoff.ts';
import { bridge, value } from '../../app/bridge.ts';

export const usePeople = () =>
  useQuery({ queryKey: ['signoff', 'people'], queryFn: () => value(bridge.signoff.people()) });

/** A file may change on disk, so its verdict is never kept for later. */
export const useVerifyFile = ({ path, rosters, pin }: { path: string; rosters: string[]; pin: string }) =>
  useQuery({
    queryKey: ['signoff', 'verifyFile', path, rosters, pin],
    queryFn: () => value(bridge.signoff.verifyFile({ path, rosters, ...(pin === '' ? {} : { pin }) })),
    enabled: path !== '',
    gcTime: 0,
  });

const signoffKey = (releaseDigest: string) => ['signoff', 'get', releaseDigest];

export const useSignoff = (releaseDigest: string) =>
  useQuery({
    queryKey: signoffKey(releaseDigest),
    queryFn: () => value(bridge.signoff.get({ releaseDigest })),
  });

const PREVIEW_EVERY_MS = 5 * 60_000;

/** The statement that would be signed for a decision (its input as JSON), kept young enough to be signed. */
export const usePreview = (input: string | null) =>
  useQuery({
    queryKey: ['signoff', 'preview', input],
    queryFn: () => value(bridge.signoff.preview(JSON.parse(input ?? ''))),
    enabled: input !== null,
    refetchInterval: PREVIEW_EVERY_MS,
    gcTime: 0,
  });

export type TufSigners = z.output<typeof signoff.tufSigners.output>;
export type WrittenTuf = z.output<typeof signoff.exportTuf.output>;

/** Who has to sign the repository in a folder; the folder may change, so it is never kept for later. */
export const useTufSigners = (releaseDigest: string, out: string) =>
  useQuery({
    queryKey: ['signoff', 'tufSigners', releaseDigest, out],
    queryFn: () => value(bridge.signoff.tufSigners({ releaseDigest, out })),
    gcTime: 0,
  });

export const useExportTuf = () =>
  useMutation({
    mutationFn: (input: z.input<typeof signoff.exportTuf.input>) => value(bridge.signoff.exportTuf(input)),
  });

export const useCollect = () =>
  useMutation({ mutationFn: (json: string) => value(bridge.signoff.collect({ json })) });

export function useFreeze() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: z.input<typeof signoff.freeze.input>) => value(bridge.signoff.freeze(input)),
    onSuccess: (detail) => client.setQueryData(signoffKey(detail.releaseDigest), detail),
  });
}

export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: z.input<typeof signoff.act.input>) => value(bridge.signoff.act(input)),
    onSuccess: (detail) => client.setQueryData(signoffKey(detail.releaseDigest), detail),
  });
}

export function useSign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: z.input<typeof signoff.sign.input>) => value(bridge.signoff.sign(input)),
    onSuccess: (detail) => client.setQueryData(signoffKey(detail.releaseDigest), detail),
  });
}

import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { flatten, type PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { useLibraries } from '../queries.ts';

const libraryOf = (digest: string) => ({
  queryKey: ['library', digest],
  queryFn: () => value(bridge.review.library({ digest })),
});

/** Titles of the policies of every version, by id; where versions differ, the newest one's. */
export function usePolicyTitles(): ReadonlyMap<string, string> {
  const { data: rows = [] } = useLibraries();
  return useQueries({
    queries: rows.map(({ digest }) => libraryOf(digest)),
    combine: titlesOf,
  });
}

/** Versions come newest first. */
const titlesOf = (
  versions: readonly { data: Parameters<typeof namesOf>[0] | undefined }[],
): ReadonlyMap<string, string> =>
  new Map(versions.toReversed().flatMap(({ data }) => (data === undefined ? [] : namesOf(data))));

const namesOf = ({ policies }: { policies: Parameters<typeof flatten>[0] }): [string, string][] =>
  flatten(policies).map(({ policy: { id, title } }) => [id, title]);

/** Versions that ship with Stateside and that the workspace lacks. */
export const useShippedLibraries = () =>
  useQuery({ queryKey: ['review', 'shipped'], queryFn: () => value(bridge.review.shippedLibraries()) });

export const useImportShipped = () =>
  useMutation({ mutationFn: (digest: string) => value(bridge.review.importShipped({ digest })) });

/** The tree of the newest version, with policies that only older ones have beside it; undefined while it is read. */
export function usePolicyTree(): PolicyLibrary | undefined {
  const { data: rows = [] } = useLibraries();
  return useQueries({ queries: rows.map(({ digest }) => libraryOf(digest)), combine: treeOf });
}

function treeOf(versions: readonly { data: PolicyLibrary | undefined }[]): PolicyLibrary | undefined {
  const [newest, ...older] = versions.map(({ data }) => data);
  if (newest === undefined) return undefined;
  const known = new Set(flatten(newest.policies).map(({ policy }) => policy.id));
  const lost = older
    .flatMap((library) => flatten(library?.policies ?? []))
    .flatMap(({ policy }) => {
      if (known.has(policy.id)) return [];
      known.add(policy.id);
      return [{ ...policy, children: undefined }];
    });
  return { ...newest, policies: [...newest.policies, ...lost] };
}

export const useImportLibrary = () =>
  useMutation({
    mutationFn: async (file: File) =>
      value(bridge.review.importLibrary({ fileName: file.name, text: await file.text() })),
  });

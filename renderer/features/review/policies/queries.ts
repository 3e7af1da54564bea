import { useMutation, useQueries } from '@tanstack/react-query';
import { flatten } from '../../../../shared/domain/review/policy-library.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { useLibraries } from '../queries.ts';

/** Titles of the policies of every version, by id; where versions differ, the newest one's. */
export function usePolicyTitles(): ReadonlyMap<string, string> {
  const { data: rows = [] } = useLibraries();
  return useQueries({
    queries: rows.map(({ digest }) => ({
      queryKey: ['library', digest],
      queryFn: () => value(bridge.review.library({ digest })),
    })),
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

export const useImportLibrary = () =>
  useMutation({
    mutationFn: async (file: File) =>
      value(bridge.review.importLibrary({ fileName: file.name, text: await file.text() })),
  });

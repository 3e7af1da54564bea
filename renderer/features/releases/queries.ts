import { useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';

export const useReleases = () =>
  useQuery({ queryKey: ['releases', 'list'], queryFn: () => value(bridge.releases.list()) });

export const useRelease = (digest: string) =>
  useQuery({ queryKey: ['releases', 'get', digest], queryFn: () => value(bridge.releases.get({ digest })) });

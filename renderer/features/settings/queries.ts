import { useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';

export const useAbout = () =>
  useQuery({ queryKey: ['shell', 'about'], queryFn: () => value(bridge.shell.about()) });

import { useQuery } from '@tanstack/react-query';
import { bridge, value } from './bridge.ts';

/** Running and finished work, kept true by events. */
export const useJobs = () =>
  useQuery({ queryKey: ['jobs', 'list'], queryFn: () => value(bridge.jobs.list()) });

import {
  IconEyeCheck,
  IconFileCertificate,
  IconGitCompare,
  IconHistory,
  IconLayoutDashboard,
  IconPackage,
  IconScale,
  IconSettings,
} from '@tabler/icons-react';

/** The pages of the rail, in the order of the work. `letter` goes there after `g`. */
export const PAGES = [
  { to: '/', name: 'Overview', letter: 'o', icon: IconLayoutDashboard },
  { to: '/releases', name: 'Releases', letter: 'r', icon: IconPackage },
  { to: '/weights', name: 'Weights', letter: 'w', icon: IconScale },
  { to: '/replay', name: 'Replay', letter: 'p', icon: IconGitCompare },
  { to: '/review', name: 'Review', letter: 'v', icon: IconEyeCheck },
  { to: '/signoff', name: 'Sign-off', letter: 's', icon: IconFileCertificate },
  { to: '/log', name: 'Log', letter: 'l', icon: IconHistory },
  { to: '/settings', name: 'Settings', letter: 't', icon: IconSettings },
] as const;

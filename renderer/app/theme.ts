import {
  createTheme,
  type ButtonProps,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';

const grey: MantineColorsTuple = [
  '#fafaf8',
  '#f1f1ee',
  '#e4e4df',
  '#d6d6d0',
  '#c9c9c3',
  '#9b9b95',
  '#63635e',
  '#484844',
  '#30302e',
  '#1a1a18',
];
const dark: MantineColorsTuple = [
  '#ededea',
  '#c0c0bb',
  '#9b9b95',
  '#6f6f6a',
  '#4a4a47',
  '#30302e',
  '#20201f',
  '#1a1a19',
  '#131312',
  '#0c0c0b',
];
const accent: MantineColorsTuple = [
  '#e6eefc',
  '#cfdefa',
  '#a6c3fb',
  '#7ba8ff',
  '#5b8ff2',
  '#3b74df',
  '#2a63d2',
  '#1d56c4',
  '#184aab',
  '#133c8b',
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: "'Inter Variable', 'DejaVu Sans', sans-serif", fontWeight: '600' },
  colors: { gray: grey, dark, accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 4,
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'xs' },
      styles: (_: MantineTheme, { size = 'xs' }: ButtonProps) => ({
        root: { fontSize: '13px', fontWeight: 550, height: String(size).startsWith('compact') ? 26 : 32 },
      }),
      vars: (_: MantineTheme, { variant = 'filled' }: ButtonProps) =>
        variant === 'filled'
          ? {
              root: {
                '--button-bg': 'var(--accent)',
                '--button-hover': 'var(--accent-hover)',
                '--button-color': 'var(--accent-ink)',
              },
            }
          : { root: {} },
    },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false, comboboxProps: { shadow: 'md' } } },
    SegmentedControl: { defaultProps: { radius: 4, withItemsBorders: false } },
    Popover: { defaultProps: { transitionProps: { duration: 80, exitDuration: 0 } } },
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.3 },
        centered: true,
        radius: 6,
        // gone at once when closed: while a dialog is there, keys mean nothing to the page
        transitionProps: { duration: 80, exitDuration: 0 },
      },
    },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 60 }, withArrow: false } },
  },
});

const tokens = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-error': 'var(--fail)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-shadow-md': 'var(--shadow)',
  '--mantine-shadow-xl': 'var(--shadow)',
};

/** Hands our tokens to Mantine, so that its parts and ours wear the same colours. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });

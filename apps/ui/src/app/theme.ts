// Mantine dressed in Semblance's palette: warm greys that leave colour to the photos, one amber accent.
import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

const warmDark: MantineColorsTuple = [
  '#ece8e1',
  '#cdc7bd',
  '#aaa399',
  '#6d675f',
  '#3c3935',
  '#34312d',
  '#292724',
  '#1c1b19',
  '#171614',
  '#121110',
];

const warmGray: MantineColorsTuple = [
  '#f8f6f3',
  '#f0ede8',
  '#e6e2db',
  '#d9d4cb',
  '#c5bfb5',
  '#9b948a',
  '#635d54',
  '#4a453e',
  '#36322d',
  '#24211e',
];

const amber: MantineColorsTuple = [
  '#fdf5ea',
  '#f8e7cd',
  '#f0cf9e',
  '#e9b973',
  '#e2a65a',
  '#d8943e',
  '#b97627',
  '#9c5f1b',
  '#8a5216',
  '#6e4010',
];

export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, monospace',
  headings: { fontWeight: '620' },
  colors: { dark: warmDark, gray: warmGray, amber },
  primaryColor: 'amber',
  primaryShade: { light: 8, dark: 4 },
  // Amber is light in the dark theme and dark in the light one; what is written on it follows.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const isPrimary = input.variant === 'filled' && (input.color ?? 'amber') === 'amber';
    return isPrimary ? { ...colors, color: 'var(--sem-on-accent)' } : colors;
  },
  white: '#fffdfa',
  black: '#24211e',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Drawer: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 160 } },
    },
    Modal: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.45 }, transitionProps: { duration: 140 } },
    },
    // Its placeholder for the focus is no menu item, which a menu may not hold.
    Menu: {
      defaultProps: {
        transitionProps: { duration: 100 },
        shadow: 'md',
        withInitialFocusPlaceholder: false,
      },
    },
  },
});

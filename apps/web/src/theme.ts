import { createTheme, type MantineColorsTuple } from '@mantine/core';

const tide: MantineColorsTuple = [
  '#eef7f7',
  '#daecec',
  '#b3d9da',
  '#88c5c7',
  '#62b2b5',
  '#41a0a4',
  '#2a8f94',
  '#177f85',
  '#0b6e74',
  '#055a60',
];

/** The greys of the dark scheme, tinted as the tokens are. */
const dark: MantineColorsTuple = [
  '#e8eff0',
  '#c9d4d6',
  '#9badb1',
  '#6f8287',
  '#435157',
  '#2c383d',
  '#202b2f',
  '#1a2327',
  '#151d20',
  '#12191c',
];

export const theme = createTheme({
  colors: { tide, dark },
  primaryColor: 'tide',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'Inter, "Segoe UI", "Helvetica Neue", Roboto, "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    // Focus goes to the first item: an element that only takes the focus belongs in no menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
        // A dialog's heading is no second banner of the page.
        attributes: { header: { role: 'presentation' } },
        overlayProps: { backgroundOpacity: 0.45, blur: 2 },
      },
    },
  },
});

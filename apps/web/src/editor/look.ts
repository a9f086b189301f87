import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** The standard style's colours in our own, which are legible in the light and in the dark. */
const COLOURS: Readonly<Record<string, string>> = {
  '#404740': 'var(--ink-soft)',
  '#708': 'var(--machine)',
  '#219': 'var(--machine)',
  '#164': 'var(--final)',
  '#a11': 'var(--final)',
  '#e40': 'var(--unsure)',
  '#00f': 'var(--marker)',
  '#30a': 'var(--marker)',
  '#085': 'var(--marker)',
  '#167': 'var(--marker)',
  '#256': 'var(--marker)',
  '#00c': 'var(--accent)',
  '#940': 'var(--ink-faint)',
  '#f00': 'var(--fault)',
};

const highlighting = HighlightStyle.define(
  defaultHighlightStyle.specs.map(({ color, ...spec }) => ({
    ...spec,
    ...(typeof color === 'string' && { color: COLOURS[color] ?? 'var(--ink)' }),
  })),
);

/** Images of the standard look are data: addresses, which the pages do not load: each is drawn otherwise here. */
const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', height: '100%', fontSize: '0.86rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.9rem 0' },
  '.cm-line': { padding: '0 0.9rem 0 0.4rem' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--ink-faint)',
    border: '0',
    borderInlineEnd: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent-wash) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--accent-wash)', color: 'var(--ink)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--lit)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--lit-bad)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--lit)' },
  '.cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info': { backgroundImage: 'none' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--fault) 1.5px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': {
    textDecoration: 'underline dotted var(--unsure) 2px',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '1.1rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0.3rem 0.15rem' },
  '.cm-lint-marker': { width: '0.75rem', height: '0.75rem' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--fault)', borderRadius: '50%' },
  '.cm-lint-marker-warning': {
    content: 'none',
    backgroundColor: 'var(--unsure)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '0.5rem',
    boxShadow: 'var(--shadow)',
    maxWidth: 'min(32rem, 90vw)',
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '0.86rem',
    overflowWrap: 'anywhere',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    maxHeight: '16rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.6rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent-wash)', color: 'var(--ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--ink-faint)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.7rem' },
  '.cm-diagnostic': { padding: '0.4rem 0.7rem', whiteSpace: 'normal' },
  '.cm-diagnostic-error': { borderInlineStart: '4px solid var(--fault)' },
  '.cm-diagnostic-warning': { borderInlineStart: '4px solid var(--unsure)' },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--ink)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': {
    backgroundColor: 'var(--accent-wash)',
    color: 'var(--ink)',
  },
  '.cm-panel.cm-panel-lint button[name=close]': { color: 'var(--ink)' },
});

export const look: Extension = [theme, syntaxHighlighting(highlighting)];

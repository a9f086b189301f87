import { isProse, pythonOfMarkdown } from './markdown.js';
import { pythonOfNotebook } from './notebook.js';
import { withoutMagic } from './magic.js';
import type { StudentSource } from './student-source.js';

/** Reads what a student handed in: a notebook, a Markdown answer with code in it, or Python. */
export function readSource(text: string, filename: string): StudentSource {
  const trimmed = text.trimStart();
  if (/\.ipynb$/i.test(filename) || trimmed.startsWith('{')) {
    const notebook = pythonOfNotebook(text);
    if (notebook !== undefined) return notebook;
  }
  if (/\.(md|markdown)$/i.test(filename) || (!/\.py$/i.test(filename) && /^(```|~~~)/m.test(text))) {
    const python = pythonOfMarkdown(text);
    if (python !== undefined) return { kind: 'markdown', python: withoutMagic(python), cells: undefined };
  }
  if (/\.(md|markdown|txt)$/i.test(filename) && isProse(text))
    return { kind: 'markdown', python: text.replaceAll(/[^\n]/g, ''), cells: undefined };
  return { kind: 'python', python: withoutMagic(text), cells: undefined };
}

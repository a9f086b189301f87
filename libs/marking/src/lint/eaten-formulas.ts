import type { NotePath, SchemeNote } from './note.js';

/** What an escape in double quotes becomes, by the letter behind its backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\u000B': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001B': 'e',
};

/** Characters that no text has by itself, before the rest of a command such as `\frac`, `\beta` or `\alpha`. */
// oxlint-disable-next-line no-control-regex -- these are what it looks for
const NEVER_MEANT = /([\u0007\b\u000B\f\u001B])([A-Za-z]+)/;
/**
 * Tabs and ends of lines are meant at times; before the rest of such a command they are not. A line of a formula may begin
 * with a letter of its own, such as u, so that the rest of `\nu` tells nothing.
 */
const COMMANDS =
  /(\t)(imes|heta|au|ext[a-z]*|anh|riangle|frac)(?![A-Za-z])|(\n)(abla|eq|otin|ewline)(?![A-Za-z])|(\r)(ho|ight[a-z]*)(?![A-Za-z])/;
const FORMULA = /\$[^$]*\$/g;

/** Formulas that YAML has read as escapes: `"$\frac{1}{2}$"` in double quotes is no fraction. */
export function eatenFormulas(exam: object): SchemeNote[] {
  return textsIn(exam, []).flatMap(({ path, text }): SchemeNote[] => {
    const found = NEVER_MEANT.exec(text) ?? inFormula(text);
    if (found === null) return [];
    const [, character = '', rest = ''] = found;
    const written = `\\${ESCAPES[character] ?? ''}${rest}`;
    return [
      {
        check: 'eaten-formula',
        path,
        says:
          `"${written}" stands in double quotes, where "${written.slice(0, 2)}" is an escape, so students read "${rest}". ` +
          'Put the text in single quotes, or behind | on the next line.',
      },
    ];
  });
}

function inFormula(text: string): readonly string[] | null {
  for (const [formula] of text.matchAll(FORMULA)) {
    const found = COMMANDS.exec(formula);
    if (found !== null) return found.filter((each) => each !== undefined);
  }
  return null;
}

function textsIn(value: unknown, path: NotePath): { readonly path: NotePath; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    textsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

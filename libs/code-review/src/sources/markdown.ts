/** Languages of code fences that are taken as Python; a fence that names none is too. */
const PYTHON = /^(|python3?|py|pycon|ipython|pytorch|torch)$/i;

/** The Python in a Markdown answer, everything else blanked so that lines keep their numbers; undefined without any. */
export function pythonOfMarkdown(text: string): string | undefined {
  let fence: string | undefined;
  let takes = false;
  let found = false;
  const lines = text.split('\n').map((line) => {
    const mark = /^\s*(`{3,}|~{3,})\s*\{?\.?([\w+-]*)/.exec(line);
    if (mark !== null && (fence === undefined || line.trim().startsWith(fence))) {
      if (fence === undefined) {
        fence = mark[1] ?? '```';
        takes = PYTHON.test(mark[2] ?? '');
        found ||= takes;
      } else fence = undefined;
      return '';
    }
    return fence !== undefined && takes ? line : '';
  });
  return found ? lines.join('\n') : undefined;
}

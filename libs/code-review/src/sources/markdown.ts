/** Languages of code fences that are taken as Python; a fence that names none is where what it holds looks like it. */
const PYTHON = /^(python3?|py|pycon|ipython|pytorch|torch)$/i;

const LOOKS_LIKE_PYTHON =
  /^\s*(import|from|def|class|for|with|@)\s*\w|\b(nn|torch|self|F|optim)\.\w|^\s*\w+\s*=\s*\w/;
/** The first line of a fence that holds commands. */
const COMMAND =
  /^\s*(\$|#!|python3?\s|pip3?\s|conda\s|torchrun\s|git\s|cd\s|ls\b|wget\s|curl\s|bash\s|export\s|CUDA_)/;

/** The Python in a Markdown answer, everything else blanked so that lines keep their numbers; undefined without fences. */
export function pythonOfMarkdown(text: string): string | undefined {
  const all = text.split('\n');
  let fence: string | undefined;
  let takes = false;
  let hasFences = false;
  const lines = all.map((line, at) => {
    const mark = /^\s*(`{3,}|~{3,})\s*\{?\.?([\w+-]*)/.exec(line);
    if (mark !== null && (fence === undefined || line.trim().startsWith(fence))) {
      if (fence === undefined) {
        fence = mark[1] ?? '```';
        hasFences = true;
        takes = mark[2] === '' ? looksLikePython(all.slice(at + 1), fence) : PYTHON.test(mark[2] ?? '');
      } else fence = undefined;
      return '';
    }
    return fence !== undefined && takes ? line : '';
  });
  return hasFences ? lines.join('\n') : undefined;
}

/** How statements begin that no sentence begins with. */
const STATEMENT =
  /^\s*(import [\w.]+( as \w+)?\s*$|from [\w.]+ import\b|(async )?def \w+\s*\(|class \w+\s*[:(]|@\w|[\w.[\]]+(\s*,\s*[\w.[\]]+)*\s*[-+*/]?=(?!=)|[\w.]+\(.*\)\s*$)/;

/** Text without a single line that begins as a statement does: words about a program, and none of it. */
export function isProse(text: string): boolean {
  return !text.split('\n').some((line) => STATEMENT.test(line));
}

function looksLikePython(after: readonly string[], fence: string): boolean {
  const end = after.findIndex((line) => line.trim().startsWith(fence));
  const inside = end < 0 ? after : after.slice(0, end);
  return !COMMAND.test(inside[0] ?? '') && inside.some((line) => LOOKS_LIKE_PYTHON.test(line));
}

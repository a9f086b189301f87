/** Lines that only a notebook's shell understands; each becomes one that does nothing, so that lines keep their numbers. */
export function withoutMagic(text: string): string {
  if (!/^\s*[%!?]|\?\s*$|=\s*[%!][a-zA-Z]/m.test(text)) return text;
  let inCellMagic = false;
  let continues = false;
  const inString = insideStrings(text);
  return text
    .split('\n')
    .map((line, at, lines) => {
      if (inString.has(at)) return line;
      // What an ordinary line goes on with, a string among others, is no magic.
      if (!continues && !inCellMagic && lines[at - 1]?.trimEnd().endsWith('\\') === true) return line;
      if (continues) {
        continues = line.trimEnd().endsWith('\\');
        return '';
      }
      if (/^%%\w/.test(line)) {
        // Magic that runs the cell as Python leaves the rest of it as it is.
        inCellMagic = !/^%%(time|timeit|capture|prun)\b/.test(line);
        return '';
      }
      if (inCellMagic && line.trim() === '') inCellMagic = false;
      if (inCellMagic) return '';
      // What a shell command gives is not known: `version = !git describe`.
      const assigned = /^(\s*[A-Za-z_][\w, ]*=\s*)[!%](?=[a-zA-Z])/.exec(line);
      if (assigned !== null) {
        continues = line.trimEnd().endsWith('\\');
        return `${assigned[1] ?? ''}input()`;
      }
      const found = /^(\s*)(%(?!\()[a-zA-Z]|!(?!=)|\?\w|\w[\w.]*\?\??\s*$)/.exec(line);
      if (found === null) return line;
      continues = line.trimEnd().endsWith('\\');
      return `${found[1] ?? ''}pass`;
    })
    .join('\n');
}

/** Lines that begin inside a string over several lines; what looks like magic there is text. */
function insideStrings(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let delimiter: string | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (delimiter !== undefined) inside.add(at);
    for (const [found] of line.matchAll(/"""|'''/g)) {
      if (delimiter === undefined) delimiter = found;
      else if (delimiter === found) delimiter = undefined;
    }
  }
  return inside;
}

import { readSource } from '@tensormark/code-review';

/** Model code found in an answer, with the answer's own line numbers: whatever is not code is left as blank lines. */
export interface SourceInAnswer {
  readonly source: string;
  /** `fenced`: between ``` lines; `whole`: the whole answer was taken as code; `notebook`: its cells. */
  readonly from: 'fenced' | 'whole' | 'notebook';
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([\w+-]*)/;
const PYTHON = new Set(['', 'python', 'py', 'python3', 'pytorch', 'ipython']);
const LOOKS_LIKE_CODE = /^\s*(?:import |from \w|class \w|def \w|@\w|\w[\w.]* *= *\S)/m;

/** The Python in an answer, or undefined when it holds none. */
export function sourceIn(answer: string): SourceInAnswer | undefined {
  const { kind, python } = readSource(answer, 'answer');
  if (kind === 'notebook') return { source: python, from: 'notebook' };
  const found = pythonIn(answer);
  return found === undefined ? undefined : { ...found, source: readSource(found.source, 'answer.py').python };
}

function pythonIn(answer: string): SourceInAnswer | undefined {
  const lines = answer.split('\n');
  const kept: string[] = [];
  let fence: { readonly marker: string; readonly python: boolean } | undefined;
  let found = false;
  for (const line of lines) {
    const [, marker = '', language = ''] = FENCE.exec(line) ?? [];
    if (fence === undefined && marker !== '') {
      fence = { marker, python: PYTHON.has(language.toLowerCase()) };
      found ||= fence.python;
      kept.push('');
    } else if (fence !== undefined && marker.startsWith(fence.marker) && language === '') {
      fence = undefined;
      kept.push('');
    } else {
      kept.push(fence?.python === true ? line : '');
    }
  }
  if (found && kept.some((line) => line.trim() !== '')) return { source: kept.join('\n'), from: 'fenced' };
  return LOOKS_LIKE_CODE.test(answer) ? { source: answer, from: 'whole' } : undefined;
}

/** The offsets of a line of the answer, counted from one. */
export function spanOfLine(answer: string, line: number): { start: number; end: number } | undefined {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = answer.indexOf('\n', start);
    if (next === -1) return undefined;
    start = next + 1;
  }
  const end = answer.indexOf('\n', start);
  return { start, end: end === -1 ? answer.length : end };
}

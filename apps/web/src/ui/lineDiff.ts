/** One line of a comparison. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'left-out';
  /** Of what is left out, how many lines it is. */
  readonly text: string;
}

/** Lines shown on both sides of a change. */
const AROUND = 2;
/** More changed lines than this are not lined up with each other. */
const MOST = 1500;

/** Two texts line by line: what went, what came, and a little of what stands around it. */
export function lineDiff(before: string, after: string, around = AROUND): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const whole = [
    ...a.slice(0, start).map(same),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
  return folded(whole, around);
}

/** By the longest common subsequence of lines. */
function between(a: readonly string[], b: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text });
  const added = (text: string): DiffLine => ({ kind: 'added', text });
  if (a.length > MOST || b.length > MOST) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      lines.push(removed(left));
      i += 1;
    } else {
      lines.push(added(right ?? ''));
      j += 1;
    }
  }
  return lines;
}

function folded(lines: readonly DiffLine[], around: number): DiffLine[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DiffLine[] = [];
  let hidden = 0;
  for (const [at, line] of lines.entries()) {
    if (near[at] === true) {
      if (hidden > 0) shown.push({ kind: 'left-out', text: String(hidden) });
      hidden = 0;
      shown.push(line);
    } else {
      hidden += 1;
    }
  }
  if (hidden > 0 && shown.length > 0) shown.push({ kind: 'left-out', text: String(hidden) });
  return shown;
}

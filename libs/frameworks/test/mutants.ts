/** Small random changes to programs, the same for the same seed. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

function pick<T>(random: Random, items: readonly T[], otherwise: T): T {
  return items[Math.floor(random() * items.length)] ?? otherwise;
}

const VALUES = [
  '0',
  '-1',
  '1',
  '2',
  '10**9',
  '2**63',
  '1e308',
  'None',
  'True',
  "''",
  "'a' * 10**9",
  '[]',
  '()',
  '{}',
  'x',
  'self',
  'torch',
  'nn.Linear',
  'lambda *a: a',
  '[0] * 10**9',
  'float("nan")',
  'range(10**12)',
  'torch.zeros(10**6, 10**6)',
  '(yield)',
];

const NAMES = [
  'x',
  'self',
  'super',
  'forward',
  '__init__',
  '__call__',
  '__getattr__',
  '__class__',
  'view',
  'cat',
  'size',
];

function onLines(text: string, change: (lines: string[], at: number) => void, random: Random): string {
  const lines = text.split('\n');
  change(lines, Math.floor(random() * lines.length));
  return lines.join('\n');
}

function replaceMatch(text: string, pattern: RegExp, by: string, random: Random): string {
  const matches = Array.from(text.matchAll(pattern));
  const match = pick(random, matches, undefined);
  if (match === undefined) return text;
  return text.slice(0, match.index) + by + text.slice(match.index + match[0].length);
}

const CHANGES: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1), random),
  (text, random) =>
    onLines(
      text,
      (lines, at) => lines.splice(at, 0, lines[Math.floor(random() * lines.length)] ?? ''),
      random,
    ),
  (text, random) => onLines(text, (lines, at) => lines.splice(at, 1, `  ${lines[at] ?? ''}`), random),
  (text, random) => replaceMatch(text, /\b\d+\b/g, pick(random, VALUES, '0'), random),
  (text, random) => replaceMatch(text, /\b[a-z_]\w*\b/g, pick(random, NAMES, 'x'), random),
  (text, random) => replaceMatch(text, /\b[a-z_]\w*\b/g, pick(random, VALUES, '0'), random),
  (text, random) =>
    replaceMatch(
      text,
      /[-+*/@()[\],:=.]/g,
      pick(random, [...'-+*/@()[],:=.', '**', '//', ' if ', ''], ''),
      random,
    ),
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 5));
  },
];

/** A program with one to four changes. */
export function mutant(text: string, seed: number): string {
  const random = randomNumbers(seed);
  let changed = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--)
    changed = pick(random, CHANGES, (same: string) => same)(changed, random);
  return changed;
}

import type { SchemeNote } from './note.js';

/** A right option so much longer than every other is found without knowing anything. */
const MUCH_LONGER = 1.6;
const LONG = 30;

interface Choice {
  readonly options: readonly { readonly id: string; readonly says: string }[];
  readonly correct: readonly string[];
}

export function lintChoice({ options, correct }: Choice): SchemeNote[] {
  const right = new Set(correct.map((id) => id.toLowerCase()));
  const notes: SchemeNote[] = [];
  if (right.size === options.length) {
    notes.push({
      check: 'all-options-right',
      path: ['correct'],
      says: 'Every option is right, so there is nothing to choose.',
    });
  }
  if (options.length === 2 && right.size === 1) {
    notes.push({
      check: 'lucky-guess',
      path: ['options'],
      says: 'Of two options a guess is right half the time. A third that looks right, or a reason asked for, makes it harder.',
    });
  }
  options.forEach((option, at) => {
    const twin = options.slice(0, at).find(({ says }) => folded(says) === folded(option.says));
    if (twin === undefined) return;
    notes.push({
      check: 'same-option',
      path: ['options', at],
      item: option.id,
      says: `It says the same as option ${twin.id}.`,
    });
  });
  const [only] = right.size === 1 && options.length > 2 ? [...right] : [];
  const chosen = options.findIndex(({ id }) => id.toLowerCase() === only);
  const longest = Math.max(...options.filter((_, at) => at !== chosen).map(({ says }) => says.length));
  const length = options[chosen]?.says.length ?? 0;
  if (length > LONG && length > longest * MUCH_LONGER) {
    notes.push({
      check: 'lucky-guess',
      path: ['options', chosen],
      ...(options[chosen] === undefined ? {} : { item: options[chosen].id }),
      says: 'The right option is by far the longest, which gives it away.',
    });
  }
  return notes;
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** What one highlight means to the reader. */
export type Tone = 'neutral' | 'good' | 'bad' | 'unsure';

/** A stretch of the answer that a piece of evidence rests on. Offsets count UTF-16 code units, as JavaScript does. */
export interface Highlight {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly tone: Tone;
  /** What reading code found here; told below its line. */
  readonly finding?: CodeFinding;
}

export interface CodeFinding {
  readonly severity: 'error' | 'warning' | 'design' | 'remark';
  /** The severity in words. */
  readonly word: string;
  readonly check: string;
  readonly says: string;
  readonly why?: string;
  readonly instead?: string;
  /** What to write in place of a piece; lines and columns of the whole answer, counted from one. */
  readonly fix?: {
    readonly what: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly text: string;
  };
}

export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Innermost (shortest) highlight first; empty for plain text. */
  readonly over: readonly Highlight[];
}

/** Cuts [start, end) at the bounds of the highlights, so that each segment lies wholly inside or outside of each. */
export function segmentsOf(start: number, end: number, highlights: readonly Highlight[]): Segment[] {
  const touching = highlights.filter((each) => each.start < end && each.end > start && each.end > each.start);
  if (touching.length === 0) return start < end ? [{ start, end, over: [] }] : [];
  const cuts = new Set([start, end]);
  for (const each of touching) {
    if (each.start > start) cuts.add(each.start);
    if (each.end < end) cuts.add(each.end);
  }
  const places = [...cuts].toSorted((a, b) => a - b);
  return places.slice(0, -1).map((from, at) => {
    const to = places[at + 1] ?? end;
    const over = touching
      .filter((each) => each.start <= from && each.end >= to)
      .toSorted((a, b) => a.end - a.start - (b.end - b.start));
    return { start: from, end: to, over };
  });
}

/** The highlights that touch a stretch which can only be lit as a whole, such as a formula. */
export function touching(start: number, end: number, highlights: readonly Highlight[]): readonly Highlight[] {
  return highlights
    .filter((each) => each.start < end && each.end > start)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start));
}

/** Whether a piece of evidence is lit: itself, or the item that it belongs to. */
export function isLit(id: string, lit: string | null): boolean {
  return lit !== null && (id === lit || id.startsWith(`${lit}-`));
}

/** What stands at a place in the answer; the innermost of several. */
export function evidenceAt(target: EventTarget): string | null {
  const place = target instanceof Element ? target.closest<HTMLElement>('[data-evidence]') : null;
  return place?.dataset['evidence']?.split(' ')[0] ?? null;
}

/** A question of a public set of short answers, as it was published. */
export interface ShortAnswerQuestion {
  readonly id: string;
  readonly asked: string;
  readonly references: readonly string[];
  readonly answers: readonly ShortAnswer[];
}

export interface ShortAnswer {
  readonly text: string;
  /** What people gave it, from 0 to 1. */
  readonly score: number;
  readonly truth: 'covered' | 'partly' | 'contradicted' | 'absent';
}

export function truthOfAccuracy(accuracy: string): { score: number; truth: ShortAnswer['truth'] } {
  switch (accuracy) {
    case 'correct':
      return { score: 1, truth: 'covered' };
    case 'partially_correct_incomplete':
      return { score: 0.5, truth: 'partly' };
    case 'contradictory':
      return { score: 0, truth: 'contradicted' };
    default:
      return { score: 0, truth: 'absent' };
  }
}

export function truthOfFeedback(feedback: string): ShortAnswer['truth'] {
  const told = feedback.toLowerCase();
  return told === 'correct' ? 'covered' : told.startsWith('partial') ? 'partly' : 'absent';
}

/** Feedback beside a score: "correct" with points missing is not all that was asked. */
export function truthOfBoth(feedback: string, score: number): ShortAnswer['truth'] {
  const truth = truthOfFeedback(feedback);
  return truth === 'covered' && score < 0.9 ? 'partly' : truth;
}

/** Of scores alone: from nine tenths on an answer says all that was asked, up to four tenths it does not say it. */
export function truthOfScore(score: number): ShortAnswer['truth'] {
  return score >= 0.9 ? 'covered' : score > 0.4 ? 'partly' : 'absent';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function plain(text: string): string {
  return text
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/-LRB-/g, '(')
    .replace(/-RRB-/g, ')')
    .replace(/\s*<STOP>\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

import { calibrationError, interval, mean, pearson, stepError } from './statistics.js';

/** One decision about one item of one answer. */
export interface Decision {
  readonly question: string;
  /** Suggested as covered. */
  readonly covered: boolean;
  /** What the scorer says of the chance, where it says one; for calibration. */
  readonly chance: number | undefined;
  /** What would be shown with it, if it is suggested as covered. */
  readonly confidence: number | undefined;
  readonly truth: 'covered' | 'partly' | 'contradicted' | 'absent';
  readonly rightSentence: boolean | undefined;
  /** Nothing is suggested either way. */
  readonly abstains: boolean;
}

export interface Figures {
  readonly items: number;
  readonly precision: number;
  readonly coverage: number;
  readonly recall: number;
  readonly rightSentence: number;
  readonly contradictionsAccepted: number;
  /** Of what is suggested as covered: only that carries a confidence. */
  readonly calibration: number;
  readonly calibrationOfAll: number;
  readonly abstention: number;
}

export function figuresOf(decisions: readonly Decision[]): Figures {
  const covered = decisions.filter((each) => each.covered);
  const held = decisions.filter(({ truth }) => truth === 'covered');
  const against = decisions.filter(({ truth }) => truth === 'contradicted');
  const sentences = covered.flatMap(({ rightSentence }) =>
    rightSentence === undefined ? [] : [rightSentence],
  );
  const share = (part: number, all: number): number => (all === 0 ? Number.NaN : part / all);
  return {
    items: decisions.length,
    precision: share(covered.filter(({ truth }) => truth === 'covered').length, covered.length),
    coverage: share(covered.length, decisions.length),
    recall: share(covered.filter(({ truth }) => truth === 'covered').length, held.length),
    rightSentence: mean(sentences.map((right) => (right ? 1 : 0))),
    contradictionsAccepted: share(against.filter((each) => each.covered).length, against.length),
    calibration: errorOf(
      covered.map((each) => ({ ...each, chance: each.confidence })),
      stepError,
    ),
    calibrationOfAll: errorOf(decisions, calibrationError),
    abstention: share(decisions.filter(({ abstains }) => abstains).length, decisions.length),
  };
}

function errorOf(decisions: readonly Decision[], error: typeof stepError): number {
  const chances = decisions.flatMap(({ chance, truth }) => (chance === undefined ? [] : [{ chance, truth }]));
  if (chances.length === 0) return Number.NaN;
  return error(
    chances.map(({ chance }) => chance),
    chances.map(({ truth }) => truth === 'covered'),
  );
}

/** A line of the report, each figure with the middle 95 % over resampled questions. */
export function lineOf(name: string, decisions: readonly Decision[]): string {
  const groups = [...new Set(decisions.map(({ question }) => question))].map((question) =>
    decisions.filter((each) => each.question === question),
  );
  const figures = figuresOf(decisions);
  const told = (label: string, key: keyof Figures): string => {
    const [low, high] = interval(groups, (sample) => figuresOf(sample.flat())[key], 300);
    return `${label} ${percent(figures[key])} [${percent(low)}, ${percent(high)}]`;
  };
  return `  ${name}: ${figures.items} items; ${[
    told('precision', 'precision'),
    told('coverage', 'coverage'),
    told('right sentence', 'rightSentence'),
    told('contradictions accepted', 'contradictionsAccepted'),
    told('calibration error of what is shown', 'calibration'),
    told('of all places', 'calibrationOfAll'),
    told('says nothing', 'abstention'),
  ].join('; ')}\n`;
}

function percent(value: number): string {
  return Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : 'n/a';
}

/** How well a score follows people's, over all answers, with the middle 95 % over resampled questions. */
export function correlationLine(
  name: string,
  scored: readonly { readonly question: string; readonly score: number; readonly human: number }[],
): string {
  const groups = [...new Set(scored.map(({ question }) => question))].map((question) =>
    scored.filter((each) => each.question === question),
  );
  const measure = (sample: readonly (typeof groups)[number][]): number => {
    const all = sample.flat();
    return pearson(
      all.map(({ score }) => score),
      all.map(({ human }) => human),
    );
  };
  const [low, high] = interval(groups, measure, 300);
  return `  ${name}: Pearson r ${measure(groups).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]\n`;
}

import type { Subject } from '../../claim.js';
import { lineWith, type CodeFacts } from '../../facts.js';

/** What the code shows of a step; `is` is undefined wherever there is doubt. */
export interface Shown {
  readonly is: boolean | undefined;
  readonly says: string;
  readonly line?: number | undefined;
}

/** Something that a training program does or leaves out, and how answers put it. */
export interface Step {
  readonly subject: Subject;
  /** Its name, which a clause says to be there, or not to be there, or to be wanted. */
  readonly words?: RegExp;
  /** Phrases that say that it is done, and that it is not done. */
  readonly present?: readonly RegExp[];
  readonly absent?: readonly RegExp[];
  /** Checks of code review that find it left out. */
  readonly checks?: RegExp;
  /** Words with which a clause means something that the code does not settle. */
  readonly doubtful?: RegExp;
  /** Words with which a clause speaks of something else than what `shows` looks at. */
  readonly elsewhere?: RegExp;
  /** Whether it is part of a network, and so there where nothing is trained. */
  readonly isOfNetwork?: true;
  shows(facts: CodeFacts): Shown;
}

/** There where the code has the words for it; nowhere where it has no word for anything like it. */
export function written(facts: CodeFacts, it: RegExp, alike: RegExp, name: string): Shown {
  const line = lineWith(facts.text, it);
  if (line !== undefined) return { is: true, says: `Line ${line} has ${name}.`, line };
  return alike.test(facts.text)
    ? { is: undefined, says: `Whether the code has ${name} could not be told for sure.` }
    : { is: false, says: `The code has no ${name.replace(/^an? /, '')}.` };
}

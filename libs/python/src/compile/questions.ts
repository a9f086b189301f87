import type { Span } from '../source/text.js';

/** Names in a condition: of attributes, what they are attributes of. */
const ROOTS = /(?<![\w.])[A-Za-z_]\w*/g;

/** What is asked in a condition and answers the same again, where the names in it are the same. */
const ASKED =
  /^(isinstance|issubclass|hasattr|getattr|callable|len|bool|int|is_available|is_cuda|dim|and|or|not|in|is|if|else)$/;

/** A longer one is hardly asked again. */
const LONGEST = 80;

/** What a condition asks; read off its text when one is first met that is not known. */
interface Asked {
  readonly text: string;
  /** `if not x:` asks what `if x:` asks, the other way round. */
  readonly isTurned: boolean;
  /** Whether asking again gives the same: what a call gives may differ from time to time. */
  readonly isSteady: boolean;
  /** The names that the answer hangs on. */
  readonly names: readonly string[];
}

/** A condition of the program, of which the same may be asked elsewhere. */
export class Condition {
  #asked: Asked | undefined;

  constructor(readonly span: Span) {}

  get asked(): Asked {
    this.#asked ??= read(this.span.text);
    return this.#asked;
  }
}

function read(written: string): Asked {
  const turned = /^not\s+([\w.]+)$/.exec(written)?.[1];
  const text = turned ?? written;
  return {
    text,
    isTurned: turned !== undefined,
    isSteady:
      text.length <= LONGEST &&
      Array.from(text.matchAll(/(\w+)\s*\(/g), ([, name = '']) => name).every((name) => ASKED.test(name)),
    names: Array.from(text.matchAll(ROOTS), ([name]) => name),
  };
}

/** Words that say the opposite of one another. The poles' words are synonyms as well. */
export interface Axis {
  readonly name: string;
  readonly plus: readonly string[];
  readonly minus: readonly string[];
  /** Whether it stands between two things: "a before b" is "b after a". */
  readonly between?: true;
  /** Whether its words name which of two things is meant: "not connected to the positive terminal" says nothing of the negative one. */
  readonly names?: true;
}

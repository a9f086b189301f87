import { ASKS } from './frames.js';

/** How a sentence stands to what it says. Only what is asserted can cover a rubric item. */
export type Stance = 'asserted' | 'hedged' | 'asked' | 'rejected' | 'addressed';

const HEDGED =
  /\b(?:i(?:'m| am) (?:not|un)\s?sure|not (?:really |quite |entirely )?(?:sure|certain)|no idea|i (?:would )?guess|just (?:a )?guess(?:ing)?|(?:my|a|wild) guess|could be that|i (?:cannot|can't|can not|could not|couldn't) (?:explain|say|tell)|i suppose|i (?:do not|don't|cant|can't|cannot) (?:know|remember|recall)|maybe|perhaps|might be (?:because|that|due|related)|something (?:like|about|to do with)|i forgot|i think it (?:might|could|may)|or something|if i remember|possibly|not know (?:exactly|why|how))\b/i;
const REJECTED =
  /\b(?:(?:is|are|would be|was) (?:simply |just |completely |totally |clearly )?(?:wrong|false|incorrect|untrue|not true|a myth|a misconception|not correct|not right|mistaken)|it is (?:not|n't) true|(?:wrongly|mistakenly|falsely|incorrectly) (?:think|believe|claim|assume|said|say|thought)|(?:common|popular) (?:misconception|myth|mistake)|contrary to (?:this|that))\b/i;
/** Words that speak to whoever marks rather than about the matter. */
const ADDRESSED =
  /\b(?:full marks|dear (?:marker|examiner|grader|professor)|(?:please|kindly) (?:give|award|mark|grant)|(?:ignore|disregard) (?:all |any |the )?(?:previous|prior|above|earlier) (?:instructions?|prompts?)|this answer (?:covers|is correct|deserves|should (?:get|receive))|mark this (?:as )?(?:correct|covered)|the (?:rubric|marking scheme) (?:says|item))\b/i;

/** "It might be trained to …" is no claim, "… which may vanish" is. */
const MIGHT = /^\W*(?:[\p{L}\p{N}'-]+ ){1,6}?might (?!not\b|even\b)|[^,] or not\W*$/iu;

const ENDS_ASKING = /\?["')\]\s]*$/;
/** "…, right?", also where the mark is left out. */
const TAG = /,\s*(?:right|isn['’]t it|or not|yes or no)\s*[?.]*$/i;

export function stanceOf(sentence: string): Stance {
  if (ADDRESSED.test(sentence)) return 'addressed';
  if ([ENDS_ASKING, TAG, ASKS].some((each) => each.test(sentence))) return 'asked';
  if (REJECTED.test(sentence)) return 'rejected';
  if (HEDGED.test(sentence) || MIGHT.test(sentence)) return 'hedged';
  return 'asserted';
}

/** A clause that tells how it would be otherwise, or elsewhere: what it says is not what the sentence claims. */
export function isContrast(clause: string): boolean {
  return /\b(?:without|otherwise|unlike|instead of|rather than|(?<!\b(?:is|are|was|were|be|been|being|not|and) )compared (?:to|with)|in contrast|if (?:we|it|they|you|there) (?:do|does|did|had|have|were|was|are|is)(?: not|n't)|than|plain|vanilla|traditional(?:ly)?|ordinary|(?<!not )(?:normally|usually)|previously)\b/i.test(
    clause,
  );
}

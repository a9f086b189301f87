import type { Sentence } from '../text/sentences.js';
import { overlaps, type Span } from '../text/span.js';
import { tokensOf } from '../text/tokens.js';
import {
  ABOUT_STATEMENTS,
  ASIDE,
  CALLS_WRONG,
  DENIES_BEFORE,
  DENYING_HEAD,
  FRAME,
  HEADS_THE_OPPOSITE,
  HEADS_WRONG_LIST,
  MARKED_WRONG,
  OPTIONS,
  SHORTLY,
  TAKES_BACK_SHORTLY,
  UNDECIDED,
} from './frames.js';
import { commentedIn, quotedIn, struckIn } from './quoted.js';

/** What an answer holds and does not claim, as offsets in the whole answer: quoted, struck out, others' view, taken back, denied. */
export function disownedIn(
  text: string,
  sentences: readonly (Span & Pick<Sentence, 'kind'>)[],
): readonly Span[] {
  const spans: Span[] = [...quotedIn(text), ...struckIn(text), ...commentedIn(text)];
  if (OPTIONS.test(text)) spans.push({ start: 0, end: text.length });
  let inWrongList = false;
  sentences.forEach(({ start, end, kind }, at) => {
    const sentence = text.slice(start, end);
    for (const span of withinOf(sentence)) spans.push({ start: start + span.start, end: start + span.end });
    const before = sentences[at - 1];
    const own = before === undefined ? '' : text.slice(before.start, before.end);
    if (
      before !== undefined &&
      (TAKES_BACK.test(sentence) || takesBackShortly(sentence) || deniesAgain(own, sentence))
    )
      spans.push({ start: before.start, end: before.end });
    if (HEADS_THE_OPPOSITE.test(own) || (at === 1 && CALLS_WRONG.test(own))) spans.push({ start, end });
    if (inWrongList && kind === 'item') spans.push({ start, end });
    else {
      inWrongList = HEADS_WRONG_LIST.test(sentence) || DENYING_HEAD.test(sentence);
      if (inWrongList) spans.push({ start, end });
    }
  });
  return spans;
}

function takesBackShortly(sentence: string): boolean {
  return (
    DENIES_BEFORE.test(sentence) ||
    (TAKES_BACK_SHORTLY.test(sentence) && tokensOf(sentence).length <= SHORTLY)
  );
}

const DENIES =
  /\bit is (?:also |equally |just as )?(?:not|never|n['’]t) (?:true|so|the case|correct) that\b/iu;
/** So much of a sentence that is denied is the same sentence. */
const MOST = 0.8;

/** "X. At the same time it is not true that X." */
function deniesAgain(before: string, sentence: string): boolean {
  const head = DENIES.exec(sentence);
  if (head === null) return false;
  const denied = new Set(tokensOf(sentence.slice(head.index + head[0].length)).map(({ stem }) => stem));
  const said = tokensOf(before).map(({ stem }) => stem);
  return said.length > 0 && said.filter((stem) => denied.has(stem)).length >= MOST * said.length;
}

/** Whether a place lies in what is not claimed. */
export function isDisowned(spans: readonly Span[], place: Span): boolean {
  return spans.some((span) => overlaps(span, place));
}

const WRONG =
  '(?:(?:simply|just|completely|totally|clearly|plainly|however) )*(?:wrong|false|incorrect|untrue|mistaken|nonsense|not (?:at all )?(?:true|correct|right|so|the case|what happens)|far from (?:true|it)|an? (?:common |popular |widespread )?(?:misconception|myth|mistake|fallacy))';
const IS = '(?:is|are|was|were|would be)';
const IS_NOT =
  "(?:(?:is|are|was|were)n['’]t|(?:is|are|was|were) not|can(?:not|['’]t) be) (?:true|correct|right|so|the case)";
/** With nothing behind it: "this is not the case for plain networks" takes nothing back. */
const ENDS = '(?=\\s*(?:[.!;,)]|$))';

/** A sentence that says of the one before it that it is not so. */
const TAKES_BACK = new RegExp(
  `^[^\\p{L}\\d]*(?:(?:but|however|yet|actually|in fact|in reality|no wait|wait|no|sorry|oops|correction|edit|hm+|on second thought|i mixed (?:this|that|it) up)[,.:;!–—\\s]+)*(?:(?:scratch|strike|forget|delete|ignore) (?:that|this|it|the last sentence)\\b|i mixed (?:this|that|it) up${ENDS}|it is the other way (?:round|around)|no[.!,]? (?:(?:that|this|it) ${IS} )?${WRONG}${ENDS}|no[.!]?$|(?:${WRONG})${ENDS}|i (?:strongly )?(?:disagree|do not agree|don['’]t agree|do not believe (?:this|that|it)|don['’]t believe (?:this|that|it))|(?:all of )?(?:this|that|it|these|those|they|which|the opposite|the above|the (?:statement|claim|sentence))(?: (?:statement|claim|idea|view|sentence|belief|assumption))? (?:${IS} ${WRONG}|${IS_NOT})${ENDS}|the (?:opposite|contrary|reverse) (?:is|holds)|${IS} ${WRONG}${ENDS})`,
  'iu',
);

/** "Myth: …" */
const LABEL =
  /^[^\p{L}\d]*(?:incorrect|false|wrong(?: (?:answer|claim|statement|idea))?|myth|(?:common )?misconception|(?:common )?mistake|not true|untrue|(?:the )?lie|fake news|anything but|[^:.]{0,30}\bthe lie)\s*(?::|[–—]|\s-\s)/iu;
/** "…, which is not the case", "… (false)", "… - not!" */
const TAIL = new RegExp(
  `(?:[,;–—(|]|\\s-|->|→)\\s*(?:(?:which|this|that|it|but (?:this|that|it)) (?:${IS} ${WRONG}|${IS_NOT})|wrong|false|incorrect|not true|not|no)[^\\p{L}\\d]*$`,
  'iu',
);

const OTHERS =
  '(?:some|many|most|several|few|one|others|critics|(?:the |my )?(?:students?|people|textbooks?|authors?|beginners|neighbou?rs?)|(?:some|many|most|several|other) (?:people|students|authors|textbooks|sources|researchers|beginners)|i|we|it (?:is|was)(?: \\w+)?)';
const SAYS =
  '(?:(?:often|first|sometimes|originally|once|might|may|could|would|used to) )*(?:says?|said|thinks?|thought|claims?|claimed|believes?|believed|argues?|argued|assumes?|assumed|writes?|wrote|told|suspected)';
/** "Some say that …, but": up to where the sentence turns. */
const ATTRIBUTED = new RegExp(
  `\\b${OTHERS} ${SAYS}\\b.*?(?=\\b(?:but|however|yet|although|though|whereas)\\b)`,
  'gi',
);
const TURN = /[,;]\s*(?:but|however|rather|instead|in fact|yet)\b|\b(?:but|rather because)\b/i;

/** "no", "hardly", "never" before it turn it round: "no doubt that". */
const NOT_TURNED =
  "(?<!\\b(?:no|not|never|without|nobody|cannot|hardly|no one|little|any|beyond)\\s)(?<!n['’]t\\s)";
/** Where a clause begins that the sentence does not claim. */
const HEAD = new RegExp(
  [
    `${NOT_TURNED}\\b(?:doubts?|doubted|den(?:y|ies|ied)|dispute[sd]?|refute[sd]?|disprove[sd]?|reject(?:s|ed)?|contradict(?:s|ed)?|disagree[sd]?) (?:with |that|whether|the (?:idea|claim|view|belief|statement|assumption|notion|hypothesis)\\b)`,
    '\\b(?:nobody|no one|none|few)\\b[^,.;]{0,20}\\b(?:claims?|says?|believes?|thinks?|argues?)\\b',
    '\\b(?:wrong|mistaken|false|incorrect)(?:ly)? (?:to )?(?:says?|said|thinks?|thought|writes?|wrote|believes?|believed|claims?|claimed|assumes?|assumed|assumption|idea|belief|view|statement|conclusion|impression)\\b[^,.;]{0,15}\\bthat\\b',
    "(?:\\b(?:far from|not|never|hardly|barely|anything but)|n['’]t) (?:be )?(?:the )?(?:true|case|so|certain|clear|correct|right|said|claimed) that\\b",
    '\\b(?:unlikely|untrue|impossible|doubtful|questionable|unclear|unknown|debatable) (?:that|whether|if)\\b',
    '\\bno (?:reason|evidence|proof|sign|indication|basis)\\b[^,.;]{0,25}\\bthat\\b',
    "\\b(?:is|was)(?: not|n['’]t) (?:because|that)\\b",
    "\\b(?:one|you|we|i|it) (?:can|could|would|should|must)(?: ?not|n['’]t|[^\\S\\n]hardly|[^\\S\\n]never) (?:be )?(?:say|said|claim|claimed|think|believe|conclude|assume) that\\b",
    '\\bneither is it\\b',
    '\\b(?:the )?(?:opposite|contrary|reverse) of\\b.*$',
    '\\b(?:question|matter|wonder|ask|know|sure|unclear|remember) (?:is )?(?:whether|if)\\b',
    '^\\W*(?:suppose|imagine|assume|pretend|let us (?:assume|suppose|imagine)|if only)\\b',
    '\\bwould be (?:nice|good|great|better|ideal|wonderful) if\\b',
  ].join('|'),
  'gi',
);

function withinOf(sentence: string): Span[] {
  if ([LABEL, TAIL, UNDECIDED, MARKED_WRONG].some((each) => each.test(sentence)))
    return [{ start: 0, end: sentence.length }];
  const others = [...sentence.matchAll(ATTRIBUTED), ...sentence.matchAll(ASIDE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const denied = [...sentence.matchAll(HEAD), ...sentence.matchAll(FRAME)].map(({ index }) => ({
    start: index,
    end: endOf(sentence, index),
  }));
  const about = ABOUT_STATEMENTS.exec(sentence);
  const doubted = about === null ? [] : [{ start: 0, end: endOf(sentence, about.index) }];
  return [...others, ...denied, ...doubted];
}

/** Up to where a sentence turns, behind a place. */
function endOf(sentence: string, from: number): number {
  const turn = sentence.slice(from).search(TURN);
  return turn === -1 ? sentence.length : from + turn;
}

/** Whether words around a mention say that the thing is there, or that it is not; undefined where neither is sure. */
export type Polarity = 'present' | 'absent' | undefined;

/** Fillers between a negation and what it is about: "no kind of explicit pooling". */
const FILLER = String.raw`(?:(?:any|the|a|an|its|use of|usage of|kind of|form of|sort of|type of|single|explicit|actual|intermediate|spatial|proper|real|at all|such a thing as|(?:regulari[sz]ation|normali[sz]ation|form|kind|technique|layer)s?,? (?:such as|like))\s+)*`;
/** Things before it in a list: "no dropout, batch norm or pooling". */
const LIST = String.raw`(?:[\w-]+(?:[ -][\w-]+){0,2}\s*(?:,\s*(?:or\s+|and\s+)?|\s(?:or|and|nor)\s+|\s*/\s*)${FILLER}){0,4}`;
const VERB = String.raw`(?:have|has|use|uses|using|include|includes|contain|contains|employ|employs|apply|applies|feature|make use of|incorporate|add|implement|provide|see|find)`;

const ABSENT_BEFORE = [
  String.raw`\b(?:no|zero|neither|nor|lacks?|lacking|lack of|lacks of|absence of|missing|misses|omits?|omitting|omission of|without|forgets?(?: to (?:use|add|include|apply))?|forgot(?: to (?:use|add|include|apply))?)\s+${FILLER}${LIST}`,
  String.raw`\b(?:does not|doesn't|do not|don't|did not|didn't|never|not|has not|hasn't|have not|haven't)\s+(?:actually\s+|even\s+|currently\s+)?${VERB}\s+${FILLER}${LIST}`,
  String.raw`\b(?:there(?:'s| is| are)(?: not|n't)|there (?:isn't|aren't)|there is never|has not (?:got )?|hasn't got)\s+${FILLER}${LIST}`,
].map((source) => new RegExp(`${source}$`, 'i'));

const ABSENT_AFTER =
  /^\s*(?:layers?|functions?|operations?|connections?)?\s*(?:(?:is|are|was|were)\s+(?:simply |completely |entirely |totally |also )?(?:missing|absent|lacking|omitted|left out|forgotten|not (?:used|present|included|there|applied|added|implemented)|never (?:used|applied|added|present|called)|nowhere)|(?:isn't|aren't|wasn't)\s+(?:used|present|included|there|applied|added)|is nowhere)/i;

const PRESENT_BEFORE = new RegExp(
  String.raw`(?:\b(?:has|have|uses?|using|includes?|contains?|employs?|applies|apply|features?|makes use of|there(?:'s| is| are)|with|followed by|consists of|includes|adds|puts|relies on|benefits from|comes with|made with|thanks to|by means of|regulari[sz]ed by|(?:re)?trained by|handled by|controlled by|(?:done|performed|carried out|achieved|reali[sz]ed|implemented) (?:by|with|via|through|using)|via|by using|wrapped in|under|within)\s+(?:(?:a|an|the|some|several|two|three|four|five|six|one|both|its|max|also|only|just|many|multiple|single)\s+|\d+\s+)*(?:[\w-]+\s+){0,2}(?:[\w-]+(?:[ -][\w-]+){0,2}\s*(?:,\s*(?:and\s+)?|\sand\s+)(?:(?:a|an|the)\s+)?){0,3})$`,
  'i',
);
const PRESENT_AFTER =
  /^\s*(?:layers?|functions?|operations?|connections?)?\s*(?:(?:with|of|at)\s+[^,.;]{1,30}?\s+)?(?:is|are|was|were|gets?)\s+(?:also |already |correctly |properly |only |indeed )?(?:used|applied|present|included|there|added|implemented|employed|performed|carried out|done|in place|chosen|set\b(?! to\b))|^\s*(?:layers?|functions?|operations?)?\s*(?:follows?|precedes?|comes? (?:after|before))\s/i;

/** Anything that may turn a sentence about; more of it than one can be sure of leaves the polarity unknown. */
const NEGATIONS =
  /\b(?:no|not|n't|never|without|neither|nor|lacks?|lacking|lack of|absence|absent|missing|misses|omit\w*|forg[eo]t\w*|nothing|none|nowhere|hardly|barely|cannot|unnecessar\w+|too (?:few|little)|fails? to|avoids?)\b|n't\b/gi;
/** Negations of something else than being there: need, reason, enough, only. */
const NOT_ABOUT_BEING =
  /\b(?:no (?:need|reason|point|problem|issue|longer|wonder|doubt|matter|effect|benefit|more|other|further|additional)|not (?:only|just|enough|necessary|needed|required|the (?:best|right)|a (?:problem|bad)|appropriate|optimal|ideal|ideally|well|correctly|properly|wrong|sufficient)|insufficient|(?:do|does)(?: not|n't) (?:need|require|matter|help|hurt|seem to)|not (?:be|been)|only|needed|necessary|required|recommended|allowed|expected)\b/i;
const DOUBLE =
  /\b(?:not|never|doesn't|does not|don't|isn't|is not)\s+(?:entirely |completely |exactly )?(?:without|lack|lacking|miss|missing|omit|absent)\s+(?:any\s+|a\s+|the\s+)?$/i;

/** What a clause says of the thing mentioned between two offsets. */
export function polarityAt(text: string, start: number, end: number): Polarity {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const negations = [...text.matchAll(NEGATIONS)].length;
  if (DOUBLE.test(before)) return negations <= 2 && !NOT_ABOUT_BEING.test(before) ? 'present' : undefined;
  if (NOT_ABOUT_BEING.test(text)) return undefined;
  if (ABSENT_AFTER.test(after)) {
    const own = [...(ABSENT_AFTER.exec(after)?.[0] ?? '').matchAll(NEGATIONS)].length;
    return negations <= Math.max(1, own) ? 'absent' : undefined;
  }
  for (const pattern of ABSENT_BEFORE) {
    const found = pattern.exec(before);
    if (found === null) continue;
    const own = [...found[0].matchAll(NEGATIONS)].length;
    const others = negations - own - listedNegations(after);
    return own <= 1 + listedNegations(found[0]) && others <= 0 ? 'absent' : undefined;
  }
  if (negations > 0) return undefined;
  if (PRESENT_AFTER.test(after) || PRESENT_BEFORE.test(before)) return 'present';
  return undefined;
}

/** Negations that only carry a list on: "no pooling, no dropout", "neither dropout nor pooling". */
function listedNegations(text: string): number {
  return [...text.matchAll(/(?:,|\band|\bor|\bnor)\s+(?:also\s+)?(?:no|nor|without)\b|\bnor\b/gi)].length;
}

/** Whether a clause says "without X": often only what would be so, which no code contradicts. */
export function isWithout(text: string, start: number): boolean {
  return /\b(?:without|absence of|lack of)\s+(?:[\w,-]+\s+){0,6}$/i.test(text.slice(0, start));
}

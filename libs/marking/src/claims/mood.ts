import { designsIn, hasDesign } from './designs.js';

/**
 * How a clause says what it says. Only `asserted` can be contradicted; `soft` ("seems to") can be borne out; `suggested`
 * says what ought to be done, and so by implication what is not there now; the others are not checked.
 */
export type Mood = 'asserted' | 'soft' | 'suggested' | 'open';

/** May be so, would be so if, is so in general, is said by others: nothing that this code could settle. */
const OPEN = [
  /\b(?:might|may|could be|can be|perhaps|maybe|possibly|not (?:entirely |quite )?sure|unsure|unclear|whether|assum\w+|suppos\w+|potential(?:ly)?|unlikely|not necessarily|do(?:es)? not know)\b/i,
  /\b(?:claims?|claimed|said|states?|stated|told|intended|meant to|asked for|according to|expected to|at first (?:sight|glance)|one might|some (?:people|would)|originally|previously|used to be|imagine|hypothetical(?:ly)?)\b/i,
  /\b(?:usually|typically|generally|in general|normally|commonly|often|most (?:cnns?|networks|models|architectures)|(?:a|any) (?:typical|standard|normal|good|better|deeper|smaller|larger|simple|different|similar|modern) (?:cnns?|network|model|design|architecture|one|version|classifier|layer)|in (?:cnns|practice|theory)|cnns (?:use|have|need|are)|as a rule)\b/i,
  /\b(?:unlike|compared (?:to|with)|instead of|rather than|other (?:models|networks|designs))\b/i,
  /\b(?:practice|in pytorch|my (?:own|version|model|network|design|solution))\b/i,
  // Networks in the plural are not this one.
  /^[\s,]*(?:and |but |so |also )?(?:(?!the |these |both )[\w-]+ ){0,3}(?:cnns|networks|models|architectures|designs|classifiers)\b/i,
  /\b(?:typical|standard|usual|normal|good|other|most|many|modern|deep|similar|comparable) (?:cnns|networks|models|architectures|designs)\b/i,
  /\?\s*$/,
];
const CONDITIONAL =
  /\b(?:if|unless|were (?:it|we|you|there)|had (?:it|we|you|there)|in case|when(?:ever)? (?:you|we|one|trained|training|using|used)|provided that|suppose|otherwise|as soon as)\b/i;
const SUGGESTED =
  /\b(?:should|ought to|could|would|must|needs? to|need|recommend\w*|suggest\w*|propos\w+|better to|consider|advis\w+|improve\w*|can|try|i'd|i'll|we'd|let's|to fix|fix(?:ed)? (?:this|it|by)|want|prefer\w*|adding|replac\w+|insert\w*|introduc\w+|incorporat\w+|switch(?:ing)?|chang(?:e|ing)|remov\w+)\b/i;
const IMPERATIVE =
  /^[\s,\-•*\d.)]*(?:and |then |also |please |simply |just )?(?:add|use|put|insert|include|introduce|replace|remove|drop|apply|set|make|call)\b/i;
const SOFT =
  /\b(?:i (?:think|believe|guess|feel)|seems?|appears?|probably|likely|looks? like|in my (?:opinion|view)|apparently|presumably|as far as i)\b/i;

/** Turns of phrase that only look like advice. */
const IDIOMS = /\bas (?:it|they|one) (?:should|would|could)(?: be| expect)?\b/gi;

/** @param code what is spoken of: a design that it does not name is another network. */
export function moodOf(written: string, sentence: string, code = ''): Mood {
  const clause = written.replace(IDIOMS, '');
  if (designsIn(clause).some(({ name }) => !hasDesign(code, name))) return 'open';
  if (CONDITIONAL.test(sentence)) return 'open';
  if (OPEN.some((pattern) => pattern.test(clause))) return 'open';
  if (/\?\s*$/.test(sentence)) return 'open';
  if (SUGGESTED.test(clause) || IMPERATIVE.test(clause)) return 'suggested';
  return SOFT.test(clause) || SOFT.test(sentence) ? 'soft' : 'asserted';
}

/** A truth about the code in the mood it was said in: only what is asserted outright can be contradicted. */
export function judged(
  holds: boolean | undefined,
  mood: Mood,
): 'supported' | 'contradicted' | 'not-checkable' {
  if (holds === undefined || mood === 'open' || mood === 'suggested') return 'not-checkable';
  if (holds) return 'supported';
  return mood === 'asserted' ? 'contradicted' : 'not-checkable';
}

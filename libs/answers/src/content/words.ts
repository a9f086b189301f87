const STOP_WORDS = new Set(
  (
    'the and for that this with are was were will can could would should from into onto than then they them their there ' +
    'these those have has had not but its it is in of on to as at by or an be we you your our use used using each also ' +
    'any all how what why when which who does did done explain describe discuss give state given question answer part ' +
    'marks mark one two three following between about more most such some may must write show'
  ).split(' '),
);

const WORD = /[\p{L}\p{N}]+/gu;

/** Every word of a text in lower case, in order. */
export function words(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/**
 * The words that say what a text is about, without endings that only inflect them. `stems` remembers words between
 * calls about one document; a word that says nothing has the stem ''.
 */
export function topicWords(text: string, stems: Map<string, string> = new Map()): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of words(text)) {
    const known = stems.get(word);
    if (known !== undefined) {
      if (known !== '') found.add(known);
      continue;
    }
    // Scripts without spaces between words: each character tells something.
    const ideographs = word.charCodeAt(0) >= 0x2e80;
    if (ideographs) for (const character of word) found.add(character);
    const topic = !ideographs && word.length >= 3 && !STOP_WORDS.has(word) && !/^\d+$/.test(word);
    const stemmed = topic ? stem(word) : '';
    if (!ideographs) stems.set(word, stemmed);
    if (stemmed !== '') found.add(stemmed);
  }
  return found;
}

/** A light stemmer: enough for "normalisation" to meet "normalise" and "layers" to meet "layer". */
function stem(word: string): string {
  if (word.length <= 4) return word.replace(/s$/, '');
  return word
    .replace(/(?:isation|ization|ising|izing|ised|ized|ise|ize)s?$/, '')
    .replace(/(?:ations?|ional|ions?|ing|edly|ed|ely|ly|es|s|e)$/, '')
    .replace(/(.)\1$/, '$1');
}

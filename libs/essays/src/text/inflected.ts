/** Pasts that no rule gives, for verbs that everyday answers are made of. What is also another word ("left", "ground") is left out. */
const PASTS: Readonly<Record<string, string>> = pairs(
  'went go gone go came come became become took take taken take mistaken mistake froze freeze frozen freeze drew draw drawn draw ' +
    'threw throw thrown throw knew know known know blew blow blown blow flew fly flown fly grew grow grown grow shook shake shaken shake ' +
    'spoke speak spoken speak stole steal stolen steal tore tear torn tear wore wear worn wear ate eat eaten eat bitten bite ' +
    'drove drive driven drive ridden ride shrank shrink shrunk shrink sank sink sunk sink rang ring rung ring sang sing sung sing ' +
    'sprang spring sprung spring spun spin swung swing hung hang stuck stick struck strike dug dig bent bend spent spend slept sleep ' +
    'swept sweep felt feel dealt deal heard hear sold sell told tell paid pay stood stand understood understand won win ran run ' +
    'began begin begun begin drank drink drunk drink swam swim swum swim slid slide bought buy brought bring caught catch fought fight ' +
    'sought seek burnt burn spilt spill leapt leap met meet fed feed bled bleed shot shoot shone shine got get gotten get beaten beat ' +
    'shown show swollen swell overcame overcome arose arise arisen arise woke wake woken wake died die dying die tied tie tying tie ' +
    'lying lie freed free feet foot teeth tooth mice mouse men man women woman children child gases gas lenses lens lens lens',
);

function pairs(words: string): Readonly<Record<string, string>> {
  const all = words.split(' ');
  return Object.fromEntries(
    all.flatMap((word, at) => (at % 2 === 0 ? [[word, all[at + 1] ?? word] as const] : [])),
  );
}

/** Where "-ated" and "-ating" are no ending: "treated", "floating". */
const ENDS_IN_AT =
  /^(?:(?:re|de|un|over|pre|en|mis)?(?:treat|peat|feat|heat|seat|cheat|beat|sweat|eat)|float|coat|gloat)$/;
/** Where "-ed" is no ending. */
const ENDS_IN_EED = /^(?:sp|exc|proc|succ|ind|bl|br|gr|w|s|f|n|d|h)eed$/;
/** "apply", "early": no adverb. */
const ENDS_IN_LY =
  /^(?:app|supp|rep|imp|comp|misapp|assemb|ear|fami|anoma|monopo|rel|al|bel|jel|bul|ral|tal|ug|ho|sil)ly$/;
/** One consonant, vowel and consonant: before "-ed" and "-ing" the last would be doubled, unless the word ends in a silent e. */
const SILENT_E = /^[^aeiou][aeiouy][^aeiouwxy]$/;
const DOUBLED = /^[^aeiou]*[aeiou]([bdfgmnprt])\1$/;
/** Words whose own end is an ending again: "mentioned", "experimented", "witnessed". */
const DERIVED = /(?:[a-z]{3,}[cpstx]ion|[a-z]{4,}ment|[a-z]{3,}ness)$/;

/**
 * The word that an inflected one is a form of, where cutting its ending off would give another: "moving" move, "mapped" map, "repeated"
 * repeat, "froze" freeze. The same word where it is no such form.
 */
export function uninflected(word: string): string {
  if (isIrregular(word)) return PASTS[word] ?? word;
  const [, root] = /^([a-z]+)(?:ed|ing)$/.exec(word) ?? [];
  if (root === undefined || ENDS_IN_EED.test(word)) return word;
  if (ENDS_IN_AT.test(root) || DERIVED.test(root)) return root;
  if (SILENT_E.test(root)) return `${root}e`;
  if (DOUBLED.test(root)) return root.slice(0, -1);
  if (/^[^aeiou]{1,2}i$/.test(root)) return `${root.slice(0, -1)}y`;
  return root.length > 5 && /[ae]nc$/.test(root) ? `${root}e` : word;
}

/** Whether no rule says of what word it is a form. */
export function isIrregular(word: string): boolean {
  return Object.hasOwn(PASTS, word);
}

/** Whether a word only looks as if it had an ending: "speed", "apply", "treat". */
export function isWhole(word: string): boolean {
  return ENDS_IN_EED.test(word) || ENDS_IN_LY.test(word) || ENDS_IN_AT.test(word);
}

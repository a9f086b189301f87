const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that stand before a noun. */
export const DETERMINERS = set(
  'the a an this that these those its their our your his her each every any some no another both either neither',
);
export const PREPOSITIONS = set(
  'of in on at by for from with without into onto to through over under between among across during within against towards toward via per about upon along around behind beyond than as like',
);
export const AUXILIARIES = set(
  'is are was were be been being am has have had having do does did can could will would shall should may might must',
);
export const CONJUNCTIONS = set(
  'and or but nor so because since although though while whereas if unless when where which who whose that whether until once then thus hence therefore however',
);
export const PRONOUNS = set(
  'it they them we us you i he she him me itself themselves one which who what there here',
);
const FILLERS = set(
  'not very too also just only even still more most much many such so well really quite rather etc eg ie e.g i.e own same other how why again further else yet already always often usually generally typically basically actually simply mainly mostly',
);
/** What an essay says around what it says. */
const FRAMES = set(
  'example instance case thing things way ways part answer question explain describe mention reason term terms fact kind type lot get gets got go goes let us make makes put take say says said mean means called call known think believe know understand',
);

/** Whether a word only holds sentences together. */
export function isFunctionWord(word: string): boolean {
  return (
    DETERMINERS.has(word) ||
    PREPOSITIONS.has(word) ||
    AUXILIARIES.has(word) ||
    CONJUNCTIONS.has(word) ||
    PRONOUNS.has(word) ||
    FILLERS.has(word)
  );
}

/** Whether a word says nothing about any subject matter. */
export function isEmpty(word: string): boolean {
  return isFunctionWord(word) || FRAMES.has(word) || (word.length === 1 && !/\d/.test(word));
}

/** What a rubric says about answers rather than about the matter: "Names …", "explains that …". */
export const RUBRIC_SPEAK = set(
  'name names state states mention mentions explain explains describe describes say says note notes identify identifies give gives point points show shows recognise recognises recognize recognizes discuss discusses credit accept award awards mark marks clear clearly correct correctly answer student candidate must should any sensible reasonable least valid similar equivalent example examples define defines relate relates compare compares',
);

/** Texts as the numbers that a BERT model without capitals reads. */
export interface WordPieces {
  /** Between the model's opening and closing token; what is past the most tokens is left out. */
  tokens(text: string): readonly number[];
}

const MOST_TOKENS = 256;
/** A word longer than this is unknown, as in BERT's own tokenizer. */
const LONGEST_WORD = 100;
const PUNCTUATION = /[\p{P}\p{S}]/u;
/** Of these each character is a word. */
const IDEOGRAPH = /\p{Script=Han}/u;

/**
 * BERT's tokenizer for models without capitals, from the lines of its `vocab.txt`: small letters without accents, words parted at
 * blanks and signs, each word as the longest pieces that the list has (Wu et al., 2016; Devlin et al., 2019). Throws where the
 * list has no `[CLS]`, `[SEP]` or `[UNK]`.
 */
export function openWordPieces(lines: readonly string[]): WordPieces {
  const numbers = new Map(lines.map((piece, at) => [piece, at]));
  const needed = (piece: string): number => {
    const number = numbers.get(piece);
    if (number === undefined) throw new Error(`the list of word pieces has no ${piece}`);
    return number;
  };
  const [opening, closing, unknown] = ['[CLS]', '[SEP]', '[UNK]'].map(needed);
  if (opening === undefined || closing === undefined || unknown === undefined)
    throw new Error('the list of word pieces is not whole');
  return {
    tokens: (text) => [
      opening,
      ...wordsOf(text)
        .flatMap((word) => piecesOf(word, numbers) ?? [unknown])
        .slice(0, MOST_TOKENS - 2),
      closing,
    ],
  };
}

function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
  const parted = [...plain]
    .map((sign) => {
      if (/\s/.test(sign)) return ' ';
      if (/[\p{Cc}\p{Cf}\ufffd]/u.test(sign)) return '';
      return PUNCTUATION.test(sign) || IDEOGRAPH.test(sign) ? ` ${sign} ` : sign;
    })
    .join('');
  return parted.split(' ').filter((word) => word !== '');
}

/** The longest pieces from the left, those after the first marked `##`; undefined where some part is in no piece. */
function piecesOf(word: string, numbers: ReadonlyMap<string, number>): readonly number[] | undefined {
  const signs = [...word];
  if (signs.length > LONGEST_WORD) return undefined;
  const pieces: number[] = [];
  for (let start = 0; start < signs.length;) {
    let end = signs.length;
    let found: number | undefined;
    for (; end > start && found === undefined; end--)
      found = numbers.get(`${start > 0 ? '##' : ''}${signs.slice(start, end).join('')}`);
    if (found === undefined) return undefined;
    pieces.push(found);
    start = end + 1;
  }
  return pieces;
}

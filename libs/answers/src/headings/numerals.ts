/** One step of a label: the `2` or the `b` of `2(b)`. */
export interface Numeral {
  /** As written, in lower case, digits in ASCII. */
  readonly text: string;
  readonly upper: boolean;
  /** Its value as a number: `2`, `two`. */
  readonly number?: number;
  /** Its place in the alphabet: `b` is 2. */
  readonly letter?: number;
  /** Its value as a roman numeral: `ii` is 2. `i` is both a letter and a roman numeral. */
  readonly roman?: number;
}

const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];
const ORDINAL_WORDS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const OTHER_WORDS: ReadonlyMap<string, number> = new Map([
  ...['eins', 'uno', 'un', 'um', 'een'].map((word) => [word, 1] as const),
  ...['zwei', 'dos', 'due', 'deux', 'dois', 'twee'].map((word) => [word, 2] as const),
  ...['drei', 'tres', 'tre', 'trois', 'três', 'drie'].map((word) => [word, 3] as const),
  ...['vier', 'cuatro', 'quattro', 'quatre', 'quatro'].map((word) => [word, 4] as const),
  ...['fünf', 'cinco', 'cinque', 'cinq', 'vijf'].map((word) => [word, 5] as const),
  ...['sechs', 'seis', 'sei', 'six', 'zes'].map((word) => [word, 6] as const),
]);
const CHINESE = '〇一二三四五六七八九十';
const ROMANS = [
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
];
/** Zeros of the scripts whose decimal digits are read: Arabic-Indic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const CIRCLED_ONE = 0x2460;

/** The decimal digit that a character is, in any of the scripts read, or -1. */
export function digitValue(code: number): number {
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

/** Numbers to 99 and letters and roman numerals: what exam papers number with. Nothing for anything else. */
export function numeralOf(raw: string): Numeral | undefined {
  const text = raw.toLowerCase();
  const upper = text !== raw;
  const first = raw.charCodeAt(0);
  if (digitValue(first) >= 0) {
    if (raw.length > 2) return undefined;
    let number = 0;
    for (const character of raw) {
      const digit = digitValue(character.charCodeAt(0));
      if (digit < 0) return undefined;
      number = 10 * number + digit;
    }
    return { text: String(number), upper: false, number };
  }
  if (raw.length === 1 && first >= CIRCLED_ONE && first < CIRCLED_ONE + 20) {
    const number = first - CIRCLED_ONE + 1;
    return { text: String(number), upper: false, number };
  }
  const chinese = chineseNumber(text);
  if (chinese > 0) return { text: String(chinese), upper: false, number: chinese };
  const roman = ROMANS.indexOf(text) + 1;
  const letter = /^[a-z]$/.test(text) ? text.charCodeAt(0) - 96 : 0;
  if (letter > 0 || roman > 0) {
    return { text, upper, ...(letter > 0 ? { letter } : {}), ...(roman > 0 ? { roman } : {}) };
  }
  return undefined;
}

/** `two`, `third`, `zwei`: only trusted beside a keyword. */
export function spelledNumeral(raw: string): Numeral | undefined {
  const text = raw.toLowerCase();
  const number = Math.max(
    NUMBER_WORDS.indexOf(text),
    ORDINAL_WORDS.indexOf(text) + 1,
    OTHER_WORDS.get(text) ?? 0,
  );
  return number > 0 ? { text: String(number), upper: false, number } : undefined;
}

function chineseNumber(text: string): number {
  if (text.length === 1) return Math.max(0, CHINESE.indexOf(text));
  if (text.length === 2 && text.startsWith('十')) {
    const unit = CHINESE.indexOf(text.charAt(1));
    return unit > 0 && unit < 10 ? 10 + unit : 0;
  }
  return 0;
}

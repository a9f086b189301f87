import type { YAMLError } from 'yaml';

type Code = YAMLError['code'];

const INDENTED =
  'this line is indented otherwise than its neighbours: what belongs together begins in one column';
const NO_FIELD =
  'this is no field: is there a colon and a space after its name, and is the line indented as its neighbours are?';

/** What the parser says in words of its grammar, said in words of the file, with what to do. */
const WORDS: Readonly<Partial<Record<Code, string>>> = {
  TAB_AS_INDENT: 'a tab indents this line: write spaces, two for each step',
  DUPLICATE_KEY: 'this field stands here twice: keep one of the two',
  MULTILINE_IMPLICIT_KEY: NO_FIELD,
  BLOCK_AS_IMPLICIT_KEY:
    'a field begins within the text of another: put text with a colon in quotes, or mend the indentation of this line or the next',
  MULTIPLE_DOCS: 'a second document begins here: an exam is one, without lines of ---',
};

const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/without - indicator|must start at the same column/, INDENTED],
  [/at node end|in YAML stream/, `${INDENTED}; text after a closing quote does so too`],
  [/need to be followed by map values/, NO_FIELD],
  [/Missing closing ["']/, 'a quote that was opened is not closed'],
  [/end with a \]/, 'a list that was opened with [ is not closed with ]'],
  [/end with a \}/, 'what was opened with { is not closed with }'],
];

/** A key with its value behind it on one line, where that value begins with what YAML has for itself. */
const BEGINS_WITH_SIGN = /^\s*(?:- +)*[\w.-]+:[ \t]+(["'[{*&!|>?]|-(?=\s))/;
const NAMES: Readonly<Record<string, string>> = { '"': 'a quote', "'": 'a quote', '-': 'a dash' };

/** One error of the parser in plain words; its own where there are none better. */
export function yamlInWords(
  { code, message, pos }: Pick<YAMLError, 'code' | 'message' | 'pos'>,
  yaml: string,
): string {
  const reserved = code === 'BAD_SCALAR_START' ? /character (.)$/.exec(message)?.[1] : undefined;
  if (reserved !== undefined) return `text cannot begin with ${reserved}: put it in quotes`;
  if (code === 'BAD_DQ_ESCAPE')
    return 'in double quotes a backslash begins an escape, and this is none: put text with a formula in single quotes, or behind | on the next line';
  const [, found] = BY_MESSAGE.find(([pattern]) => pattern.test(message)) ?? [];
  return signInWords(message, yaml, pos[0]) ?? found ?? WORDS[code] ?? message;
}

/** Text that begins like a quote, a list or an alias and then goes on: the parser complains of where it goes on. */
function signInWords(message: string, yaml: string, offset: number): string | undefined {
  const start = yaml.lastIndexOf('\n', offset - 1) + 1;
  const [head, sign] =
    BEGINS_WITH_SIGN.exec(yaml.slice(start, start + LONGEST_LINE).split('\n', 1)[0] ?? '') ?? [];
  if (head === undefined || sign === undefined || start + head.length - 1 > offset) return undefined;
  if (sign !== '?' && !WENT_ON.test(message)) return undefined;
  return `text that begins with ${NAMES[sign] ?? sign} is read as something else: put all of it in ${sign === "'" ? 'double' : 'single'} quotes, or behind | on the next line`;
}

const WENT_ON =
  /at node end|in YAML stream|cannot be an empty string|same line with key|Not a YAML token|header includes extra/;
const LONGEST_LINE = 2000;

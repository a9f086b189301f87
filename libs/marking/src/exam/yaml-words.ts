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

/** One error of the parser in plain words; its own where there are none better. */
export function yamlInWords({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  const [, found] = BY_MESSAGE.find(([pattern]) => pattern.test(message)) ?? [];
  const reserved = code === 'BAD_SCALAR_START' ? /character (.)$/.exec(message)?.[1] : undefined;
  if (reserved !== undefined) return `text cannot begin with ${reserved}: put it in quotes`;
  return found ?? WORDS[code] ?? message;
}

import type { AnswerBudgets } from './budgets.js';
import { isInvisible, isSpace } from './lines/lines.js';
import { partKeys, type Outline } from './outline.js';
import type { SplitRefusal, SplitRefused } from './split.js';

const SAMPLE = 65_536;

export function refused(reason: SplitRefusal, message: string): SplitRefused {
  return { kind: 'refused', reason, message };
}

/** For a document with more heading-like lines than are counted, or more than this exam's outline leaves room for. */
export function tooManyHeadings(counted: number | undefined, budgets: AnswerBudgets): SplitRefused {
  const lines = counted === undefined ? `more than ${budgets.headingLines}` : `${counted}`;
  return refused(
    'too-many-headings',
    `The document has ${lines} lines that look like headings or numbered steps, too many to be told apart with ` +
      'this exam. Upload only your answers.',
  );
}

/** Everything for which a text is refused before a line of it is read. */
export function refusalBeforeReading(
  text: string,
  outline: Outline,
  budgets: AnswerBudgets,
): SplitRefused | undefined {
  const keys = partKeys(outline);
  if (keys.length === 0)
    return refused('empty-outline', 'The exam has no parts, so there is nothing to split the document into.');
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    return refused('repeated-part', `The exam has two parts called ${twice}: give each its own id.`);
  if (text.length > budgets.characters) {
    return refused(
      'too-many-characters',
      `The document has ${text.length} characters; at most ${budgets.characters} are read. Upload only your answers, without embedded data.`,
    );
  }
  if (isEmpty(text))
    return refused('empty-document', 'The document is empty. Upload the file with your answers.');
  if (isGarbled(text)) {
    return refused(
      'not-text',
      'The document is not readable text: it looks like binary data. Upload text or Markdown.',
    );
  }
  return undefined;
}

function isEmpty(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isSpace(code) && !isInvisible(code)) return false;
  }
  return true;
}

/** Control and replacement characters in a tenth of the text: what binary data looks like when read as text. */
function isGarbled(text: string): boolean {
  const sample = Math.min(text.length, SAMPLE);
  let odd = 0;
  for (let index = 0; index < sample; index++) {
    const code = text.charCodeAt(index);
    if (
      code === 0xfffd ||
      (code < 32 && (code < 9 || code > 13)) ||
      (code >= 0x7f && code <= 0x9f && code !== 0x85)
    )
      odd++;
  }
  return odd > sample / 10;
}

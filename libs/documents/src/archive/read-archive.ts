import type { DocumentBudgets } from '../budgets.js';
import { Refusal, type Block, type DocumentNote, type ReadDocument, type Span } from '../document.js';
import { recognise } from '../format.js';
import { readDirectory, type ZipEntry } from '../zip/directory.js';
import { harmlessName, shownName } from '../zip/shown-name.js';
import { unpack } from '../zip/unpack.js';
import { holdsAnswers, isAnswerFile, isProgram, MOST_FILES, NO_ANSWERS } from './answer-files.js';

/**
 * Reads the files of a student's archive one after the other. An archive within the
 * archive is refused. Throws Refusal.
 */
export async function readArchive(
  bytes: Uint8Array,
  budgets: DocumentBudgets,
  read: (bytes: Uint8Array) => Promise<ReadDocument>,
): Promise<ReadDocument> {
  const directory = readDirectory(bytes, budgets);
  if (directory.kind === 'refused') throw new Refusal(directory.reason, directory.message);
  const entries = directory.entries
    .filter(({ name, unpacked }) => isAnswerFile(name) && unpacked > 0)
    .toSorted((one, other) => inNaturalOrder(one.name, other.name));
  if (!holdsAnswers(entries)) throw new Refusal('empty', NO_ANSWERS);
  if (entries.length > MOST_FILES) {
    throw new Refusal(
      'too-many-entries',
      `The archive holds ${entries.length} files; at most ${MOST_FILES} are read as one submission. Leave out what is no answer.`,
    );
  }
  const together = new Together(budgets.characters);
  for (const entry of entries) {
    if (isProgram(entry.name)) {
      together.leaveOut(entry, 'it is called a program, as no answer is.');
      continue;
    }
    const content = unpack(bytes, entry);
    const recognised = recognise(content);
    if (recognised.kind === 'known' && recognised.format === 'zip') {
      throw new Refusal(
        'unsafe-archive',
        `The archive holds another archive, “${shownName(entry.name)}”. Unpack it, and make one archive of the files alone.`,
      );
    }
    try {
      together.add(entry, await read(content), entries.length > 1);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      together.leaveOut(entry, error.message);
    }
  }
  return together.document();
}

/** `q2` before `q10`. Not by locale: the same everywhere. */
function inNaturalOrder(one: string, other: string): number {
  const [these, those] = [one, other].map((name) => name.toLowerCase().split(/(\d+)/));
  for (let at = 0; at < Math.max(these?.length ?? 0, those?.length ?? 0); at++) {
    const [left = '', right = ''] = [these?.[at], those?.[at]];
    if (left === right) continue;
    const numbers = at % 2 === 1 ? Number(left) - Number(right) : 0;
    if (numbers !== 0) return numbers;
    return left < right ? -1 : 1;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

const NAMES_QUESTION = /^(?:q|question|task|exercise|aufgabe|problem)[ _-]{0,2}(\d{1,2})(?!\d|\.\d)/i;
const HAS_HEADING = /^[#*\s]{0,8}(?:q|question|task|exercise|aufgabe|problem)[ .]{0,2}\d/im;

/** `q2.py` often has no other heading than its name. */
function headingFor(name: string, text: string): string | undefined {
  const number = NAMES_QUESTION.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  return number === undefined || HAS_HEADING.test(text) ? undefined : `Question ${Number(number)}`;
}

class Together {
  private text = '';
  private readonly blocks: Block[] = [];
  private readonly notes: DocumentNote[] = [];
  private readonly refused: string[] = [];

  constructor(private readonly characters: number) {}

  add({ name: given }: ZipEntry, { text, blocks, notes, format }: ReadDocument, several: boolean): void {
    const name = harmlessName(given);
    // A page break, as between the pages of one document.
    if (this.text !== '') this.text += '\n\f\n';
    const heading = several ? headingFor(name, text) : undefined;
    if (heading !== undefined) this.text += `# ${heading}\n\n`;
    // A file of code stands in a fence, so that its comments are not taken for headings of another file.
    const start = this.text.length;
    const fence = several && format === 'python' ? '```python\n' : '';
    this.text += fence + text + (fence === '' ? '' : `${text.endsWith('\n') ? '' : '\n'}\`\`\``);
    if (this.text.length > this.characters)
      throw new Refusal(
        'too-large',
        `The files have over ${this.characters} characters together. Upload only your answers.`,
      );
    const moved = ({ start: from, end }: Span): Span => ({
      start: from + start + fence.length,
      end: end + start + fence.length,
    });
    this.blocks.push(
      ...blocks.map((block) => ({
        ...block,
        span: moved(block.span),
        origin: { ...block.origin, file: name },
      })),
    );
    this.notes.push(
      ...notes.map((note) => ({
        ...note,
        span: moved(note.span),
        origin: { file: name, place: note.origin?.place ?? ({ kind: 'lines', from: 1, to: 1 } as const) },
      })),
    );
  }

  leaveOut({ name }: ZipEntry, why: string): void {
    const says = `“${shownName(name)}” was not read: ${why}`;
    this.refused.push(says);
    const end = this.text.length;
    this.notes.push({ kind: 'left-out', span: { start: end, end }, says });
  }

  document(): ReadDocument {
    if (this.blocks.length === 0)
      throw new Refusal(
        'broken',
        `No file of the archive could be read. ${this.refused.slice(0, 3).join(' ')}`,
      );
    // What was not read might hold any of the answers.
    const doubts = this.refused.slice(0, 5).map((says) => ({ why: 'not-read', says }) as const);
    const blocks = this.blocks.map((block) => ({ ...block, doubts: [...block.doubts, ...doubts] }));
    return { kind: 'read', format: 'zip', text: this.text, blocks, notes: this.notes };
  }
}

import { recognise, type PlacedDoubt } from '@tensormark/documents';
import { decodeText } from '@tensormark/answers';
import { gradeDocument, openMarkingEngine, readExam } from '@tensormark/marking';
import { Refused, WrongUsage, type Command } from '../command.js';
import { gradeAsJson } from '../report/grade-json.js';
import { refuseExam } from '../report/refused-exam.js';
import { withDoubts } from '../report/doubted-grade.js';
import { gradeAsText } from '../report/grade-text.js';
import { readDocumentApart } from '../machine/read-document.js';
import { readArguments } from '../terminal/arguments.js';
import { readInput, readText } from '../terminal/read-input.js';

const MOST_EXAM_BYTES = 2_000_000;
const MOST_ANSWER_BYTES = 20_000_000;

export const grade: Command = {
  usage: 'EXAM.yaml ANSWERS [--json]',
  help: `
Marks one document against an exam, with neither server nor database: text, Markdown, LaTeX, Python, a notebook, Word, PDF,
PNG, JPEG, or a ZIP of these. Prints for each part the answer that was found, the proposed mark, what it rests on, and what
needs a person: among that, whatever a machine read from a picture.

  --json   one JSON object instead, with every offset and all evidence

Exit code 0: graded; 1: the exam or the document was refused.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
    const [examPath, answersPath, ...more] = positionals;
    if (examPath === undefined || answersPath === undefined || more.length > 0) {
      throw new WrongUsage('give one exam and one document');
    }
    const exam = readExam(await readText(examPath, MOST_EXAM_BYTES));
    if (exam.kind === 'refused') {
      throw refuseExam(examPath, exam.errors);
    }
    const { text, doubts } = await readAnswers(answersPath);
    const plain = gradeDocument(exam.definition, text, await openMarkingEngine());
    if (plain.kind === 'refused') throw new Refused(`${answersPath}: ${plain.message}`);
    const graded = withDoubts(plain, doubts);
    output.write(
      values.json === true
        ? `${JSON.stringify(gradeAsJson(exam.definition, graded), undefined, 2)}\n`
        : gradeAsText(exam.definition, text, graded, output.style),
    );
    return 0;
  },
};

const TEXTS = new Set(['text', 'markdown', 'latex', 'python']);

/** The document as one text, and where a person has to look at the original. Throws Refused. */
async function readAnswers(
  path: string,
): Promise<{ readonly text: string; readonly doubts: readonly PlacedDoubt[] }> {
  const bytes = await readInput(path, MOST_ANSWER_BYTES);
  const recognised = recognise(bytes);
  if (recognised.kind === 'refused') throw new Refused(`${path}: ${recognised.message}`);
  if (TEXTS.has(recognised.format)) {
    const decoded = decodeText(bytes);
    if (decoded.kind === 'refused') throw new Refused(`${path}: ${decoded.message}`);
    return { text: decoded.text, doubts: [] };
  }
  const read = await readDocumentApart(bytes).catch((error: unknown) => {
    throw new Refused(`${path} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (read.kind === 'refused') throw new Refused(`${path}: ${read.message}`);
  return {
    text: read.text,
    doubts: read.blocks.flatMap(({ span, doubts }) => doubts.map(({ why, says }) => ({ span, why, says }))),
  };
}

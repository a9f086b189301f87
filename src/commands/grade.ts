import { decodeText } from '@tensormark/answers';
import { gradeDocument, openMarkingEngine, readExam } from '@tensormark/marking';
import { Refused, WrongUsage, type Command } from '../command.js';
import { gradeAsJson } from '../report/grade-json.js';
import { refuseExam } from '../report/refused-exam.js';
import { gradeAsText } from '../report/grade-text.js';
import { readArguments } from '../terminal/arguments.js';
import { readInput, readText } from '../terminal/read-input.js';

const MOST_EXAM_BYTES = 2_000_000;
const MOST_ANSWER_BYTES = 20_000_000;

export const grade: Command = {
  usage: 'EXAM.yaml ANSWERS [--json]',
  help: `
Marks one document (Markdown or text) against an exam, with neither server nor database. Prints for each part the answer
that was found, the proposed mark, what it rests on, and what needs a person.

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
    const decoded = decodeText(await readInput(answersPath, MOST_ANSWER_BYTES));
    if (decoded.kind === 'refused') throw new Refused(`${answersPath}: ${decoded.message}`);
    const graded = gradeDocument(exam.definition, decoded.text, await openMarkingEngine());
    if (graded.kind === 'refused') throw new Refused(`${answersPath}: ${graded.message}`);
    output.write(
      values.json === true
        ? `${JSON.stringify(gradeAsJson(exam.definition, graded), undefined, 2)}\n`
        : gradeAsText(exam.definition, decoded.text, graded, output.style),
    );
    return 0;
  },
};

import { recognise, type PlacedDoubt } from '@tensormark/documents';
import { decodeText } from '@tensormark/answers';
import {
  gradeDocument,
  openMarkingEngine,
  readExam,
  withProposals,
  type GradedPart,
  type MarkingEngine,
  type NetworkRun,
  type ProposedMark,
} from '@tensormark/marking';
import { Refused, WrongUsage, type Command } from '../command.js';
import { gradeAsJson } from '../report/grade-json.js';
import { refuseExam } from '../report/refused-exam.js';
import { withDoubts } from '../report/doubted-grade.js';
import { gradeAsText } from '../report/grade-text.js';
import type { FromOrders } from '../machine/orders-process.js';
import { readDocumentApart } from '../machine/read-document.js';
import { readArguments } from '../terminal/arguments.js';
import { readInput, readText } from '../terminal/read-input.js';

const MOST_EXAM_BYTES = 2_000_000;
const MOST_ANSWER_BYTES = 20_000_000;

export const grade: Command = {
  usage: 'EXAM.yaml ANSWERS [--json] [--no-run]',
  help: `
Marks one document against an exam, with neither server nor database: text, Markdown, LaTeX, Python, a notebook, Word, PDF,
PNG, JPEG, or a ZIP of these. Code is read and never run; the network it describes is where the scheme wants it, on the best
device here. Prints for each part the answer that was found, the proposed mark, what it rests on, and what
needs a person: among that, whatever a machine read from a picture.

  --json     one JSON object instead, with every offset and all evidence
  --no-run   do not execute the networks that answers describe; what rests on that is left to a person

Exit code 0: graded; 1: the exam or the document was refused.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, {
      json: { type: 'boolean' },
      'no-run': { type: 'boolean' },
    });
    const [examPath, answersPath, ...more] = positionals;
    if (examPath === undefined || answersPath === undefined || more.length > 0) {
      throw new WrongUsage('give one exam and one document');
    }
    const exam = readExam(await readText(examPath, MOST_EXAM_BYTES));
    if (exam.kind === 'refused') {
      throw refuseExam(examPath, exam.errors);
    }
    const { text, doubts } = await readAnswers(answersPath);
    const engine = await openMarkingEngine();
    const plain = gradeDocument(exam.definition, text, engine);
    if (plain.kind === 'refused') throw new Refused(`${answersPath}: ${plain.message}`);
    const doubted = withDoubts(plain, doubts);
    // What a person has to compare with the original first is run no more than it is marked.
    const sure = doubted.parts.filter((part) => plain.parts.includes(part));
    const graded =
      values['no-run'] === true ? doubted : withProposals(doubted, await marksByRuns(sure, engine));
    output.write(
      values.json === true
        ? `${JSON.stringify(gradeAsJson(exam.definition, graded), undefined, 2)}\n`
        : gradeAsText(exam.definition, text, graded, output.style),
    );
    return 0;
  },
};

/** Runs what the scheme wants run, the same code once, and marks those parts by what was measured. */
async function marksByRuns(
  parts: readonly GradedPart[],
  engine: MarkingEngine,
): Promise<ReadonlyMap<string, ProposedMark>> {
  const wanted = parts.flatMap(({ part, answer, text }) => {
    if (text === undefined || text.trim() === '' || answer?.confidence === 0) return [];
    const order = engine.runFor(part, text);
    return order === undefined ? [] : [{ part, text, order, name: JSON.stringify(order) }];
  });
  if (wanted.length === 0) return new Map();
  const orders = new Map(wanted.map(({ name, order }) => [name, order]));
  const { deviceChoice } = await import('../machine/find-device.js');
  const { runOrders } = await import('../machine/run-orders.js');
  const outcomes = await runOrders([...orders.values()], deviceChoice(process.env));
  const runs = new Map([...orders.keys()].map((name, at) => [name, asRun(outcomes[at])]));
  return new Map(
    wanted.map(({ part, text, name }) => [part.key, engine.mark(part, text, runs.get(name))] as const),
  );
}

/** A fault of this machine says nothing of the work: a person decides, or it is graded again. */
function asRun(outcome: FromOrders | undefined): NetworkRun {
  if (outcome?.kind === 'run') return outcome.run;
  const why = outcome?.message ?? 'nothing came of it';
  return {
    kind: 'not-run',
    why: `a fault of this machine kept it from it (${why}); grading it again may help.`,
  };
}

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

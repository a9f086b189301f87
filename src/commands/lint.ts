import { lintExam, openMarkingEngine, placesIn, readExam } from '@tensormark/marking';
import { WrongUsage, type Command } from '../command.js';
import { readArguments } from '../terminal/arguments.js';
import { readText } from '../terminal/read-input.js';
import { lintAsJson } from '../report/lint-json.js';
import { lintAsText } from '../report/lint-text.js';
import { refuseExam } from '../report/refused-exam.js';

const MOST_BYTES = 2_000_000;

export const lint: Command = {
  usage: 'EXAM.yaml [--json]',
  help: `
Says what an examiner should know of an exam before anyone sits it: errors that its numbers cannot tell from right work
or from each other, with the smallest change of a number that would; answers that a guess may hit; marks that do not add
up; requirements that no work can meet.

  --json   one JSON object instead

Exit code 0: nothing to say; 1: notes, or the exam was refused.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new WrongUsage('give one exam');
    const yaml = await readText(path, MOST_BYTES);
    const exam = readExam(yaml);
    if (exam.kind === 'refused') throw refuseExam(path, exam.errors);
    const placeOf = placesIn(yaml);
    const notes = lintExam(exam.definition, await openMarkingEngine()).map((note) => ({
      ...note,
      ...placeOf(note.path),
    }));
    output.write(
      values.json === true
        ? `${JSON.stringify(lintAsJson(exam.definition, notes), undefined, 2)}\n`
        : lintAsText(path, notes, output.style),
    );
    return notes.length === 0 ? 0 : 1;
  },
};

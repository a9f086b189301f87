import { dirname } from 'node:path';
import { WrongUsage, type Command } from '../command.js';
import type { RanNetworks, ToExecution } from '../machine/execution-process.js';
import { importPath } from '../machine/import-path.js';
import { reviewAsJson } from '../report/review-json.js';
import { reviewAsSarif } from '../report/review-sarif.js';
import { reviewAsText } from '../report/review-text.js';
import type { Reviewed } from '../report/reviewed.js';
import { readArguments } from '../terminal/arguments.js';
import { readText } from '../terminal/read-input.js';
import { shapeOf } from '../terminal/shape.js';

const MOST_BYTES = 16_000_000;
const MOST_INPUTS = 16;
/** What running a network may take. */
const RUN_MS = 20_000;

export const review: Command = {
  usage: 'FILE [--input C,H,W]… [--classes N] [--batch N] [--path FOLDER]… [--json | --sarif] [--no-run]',
  help: `
Reviews PyTorch, Keras and TensorFlow code: a Python file, a notebook, or Markdown with code in it. The code is read and never
run; the network it describes is, forward and backward, on the best device here, if it is PyTorch's; and so is each other that
stands by itself, as a generator beside a discriminator does. Each finding has its line, what is wrong, why it matters, what it
rests on and what to do instead; tensormark checks ID tells more of its check.

  --input 1,28,28      the shape of the network's input without its batch; once for each input
  --classes 10         how many classes there are
  --batch 64           rows of a batch in the run, 8 by default; fewer where there is no GPU and the network is large
  --path FOLDER        a place to import Python modules from (repeatable)
  --json               one JSON object instead
  --sarif              SARIF 2.1.0 instead, which editors open
  --no-run             do not execute the network the code describes

tensormark review train.py
tensormark review answer.ipynb --input 1,28,28 --classes 10 --sarif > answer.sarif

Exit code 0: nothing of severity error or warning; 1: findings, or the file was refused.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, {
      input: { type: 'string', multiple: true },
      classes: { type: 'string' },
      batch: { type: 'string' },
      path: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      sarif: { type: 'boolean' },
      'no-run': { type: 'boolean' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new WrongUsage('give one file');
    if (values.json === true && values.sarif === true)
      throw new WrongUsage('give --json or --sarif, not both');
    const inputs = (values.input ?? []).map((written) => shapeOf(written));
    if (inputs.length > MOST_INPUTS) throw new WrongUsage(`give at most ${MOST_INPUTS} inputs`);
    const classes = values.classes === undefined ? undefined : classesOf(values.classes);
    const batch = values.batch === undefined ? undefined : batchOf(values.batch);
    const run = values['no-run'] !== true;
    const reviewed = await reviewFile(file, { inputs, classes, batch, folders: values.path ?? [], run });
    if (values.json === true) output.write(`${JSON.stringify(reviewAsJson(reviewed), undefined, 2)}\n`);
    else if (values.sarif === true) {
      const { version } = await import('../version.js');
      output.write(`${JSON.stringify(reviewAsSarif(reviewed, version), undefined, 2)}\n`);
    } else output.write(reviewAsText(reviewed, output.style));
    return reviewed.findings.some(({ severity }) => severity === 'error' || severity === 'warning') ? 1 : 0;
  },
};

interface Asked {
  readonly inputs: readonly (readonly number[])[];
  readonly classes: number | undefined;
  readonly batch: number | undefined;
  readonly folders: readonly string[];
  readonly run: boolean;
}

async function reviewFile(file: string, { inputs, classes, batch, folders, run }: Asked): Promise<Reviewed> {
  const text = await readText(file, MOST_BYTES);
  const running = run ? runFile({ text, file, folders, inputs, classes, batch }) : undefined;
  const { mergedFindings, openReviewer, withOtherNetwork } = await import('@tensormark/code-review');
  const found = openReviewer().review(text, {
    filename: file,
    resolver: importPath([...folders, dirname(file)]),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(classes === undefined ? {} : { classes }),
  });
  const ran = await running;
  const others = ran?.others ?? [];
  const findings = others.reduce(
    (all, { running: other }) => withOtherNetwork(all, other),
    mergedFindings(found.findings, ran?.running),
  );
  return { file, text, review: found, running: ran?.running, others, findings };
}

/** The code for it is loaded where something is run, and only then. */
async function runFile(asked: Omit<ToExecution, 'device' | 'milliseconds'>): Promise<RanNetworks> {
  const { deviceChoice } = await import('../machine/find-device.js');
  const { runNetwork } = await import('../machine/run-network.js');
  return runNetwork({ ...asked, device: deviceChoice(process.env), milliseconds: RUN_MS });
}

function classesOf(written: string): number {
  const classes = Number(written);
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw new WrongUsage(`--classes ${written} is no number of classes; write 1 or more`);
  return classes;
}

const MOST_ROWS = 1024;

function batchOf(written: string): number {
  const rows = Number(written);
  if (!Number.isSafeInteger(rows) || rows < 2 || rows > MOST_ROWS)
    throw new WrongUsage(`--batch ${written} is no number of rows; write 2 to ${MOST_ROWS}`);
  return rows;
}

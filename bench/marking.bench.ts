/**
 * Marking the worked answers: each warm, as the best of several runs, against the 20 milliseconds that an answer may take;
 * and the search for the errors behind a wrong number, the first time that a number is asked about and again, against 100.
 */
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { openMarkingEngine } from '@tensormark/marking';
import { explain, questionOfNode } from '@tensormark/parameter-count';
import { expectationOf } from '../libs/marking/src/kinds/numeric/expectation.js';
import { partOf } from '../libs/marking/worked-answers/marking-papers.js';
import { PAPERS } from '../libs/marking/worked-answers/papers/papers.js';

const ROUNDS = 15;
const MOST_FOR_AN_ANSWER = 20;
const MOST_FOR_A_SEARCH = 100;

interface Timed {
  readonly what: string;
  readonly milliseconds: number;
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** The best of several runs: what the machine can do when nothing else asks for it. */
function best(run: () => void): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timed(run)));
}

function report(title: string, all: readonly Timed[], most: number): void {
  const sorted = all.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.milliseconds ?? 0).toFixed(2);
  const worst = sorted.at(-1);
  process.stdout.write(
    `  ${title}: ${all.length} in all, median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, worst ${at(1)} ms of ${most} (${worst?.what ?? ''})\n`,
  );
}

async function answers(): Promise<readonly Timed[]> {
  const engine = await openMarkingEngine();
  return PAPERS.flatMap((paper) => {
    const part = partOf(paper);
    return paper.answers.map(({ name, text }) => ({
      what: `${paper.name}: ${name}`,
      milliseconds: best(() => engine.mark(part, text)),
    }));
  });
}

/** Numbers that no error gives, so that everything is searched; a question asked anew each time. */
async function searches(): Promise<{ readonly first: readonly Timed[]; readonly again: readonly Timed[] }> {
  const reader = await openReader();
  const first: Timed[] = [];
  const again: Timed[] = [];
  for (const paper of PAPERS) {
    const { part } = partOf(paper);
    const expectation =
      part.kind === 'numeric' ? expectationOf(part, { reader, programs: openProgramReader() }) : undefined;
    if (expectation?.kind !== 'expected') continue;
    const [reference] = expectation.references;
    for (const { id, form, nodes } of reference.asked.values()) {
      const question = form === 'number' ? questionOfNode(reference, nodes[0], expectation) : undefined;
      if (question === undefined) continue;
      const what = `${paper.name}: ${id}`;
      const search = (number: bigint): number =>
        timed(() => explain(question, { value: { numerator: number, denominator: 1n } }));
      first.push({ what, milliseconds: search(123_457n) });
      again.push({ what, milliseconds: search(123_451n) });
    }
  }
  return { first, again };
}

report('an answer, warm', await answers(), MOST_FOR_AN_ANSWER);
await searches();
const { first, again } = await searches();
report('a search, first time', first, MOST_FOR_A_SEARCH);
report('a search, again', again, MOST_FOR_A_SEARCH);

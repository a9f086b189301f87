/**
 * The alignment as a chain: each candidate in turn either is a heading that moves to a node of the outline, or is none
 * and is passed over. Steps come in runs: passing over "2." is cheap just after "1." was passed over and dear otherwise,
 * and taking "2." for a heading is dear just after "1." was passed over as a step.
 */
export interface Lattice {
  readonly nodeCount: number;
  /** Run states: 0 is no run; the others are labels such as `2` or `b` of which the last step passed over was one. */
  readonly runCount: number;
  /** Weight (not log) of each kind of move from node to node: `moves[kind][from * nodeCount + to]`. */
  readonly moves: readonly Float64Array[];
  /** Weight of ending at each node. */
  readonly ends: Float64Array;
  readonly steps: readonly Step[];
}

/** One candidate, ready for the lattice. */
export interface Step {
  readonly options: readonly Option[];
  /** Its own run state, 0 when it counts nothing. */
  readonly run: number;
  /** The run state that it continues; 0 when it begins a run. */
  readonly continues: number;
}

export interface Option {
  readonly node: number;
  readonly move: number;
  /** Log-odds of this reading by looks, wording and style. */
  readonly score: number;
  /** The run state after it: a heading such as "Question 2: 1." begins a run, others leave none. */
  readonly run: number;
}

const BEGINS_RUN = Math.exp(-0.3);
const BREAKS_RUN = Math.exp(-2);
const LOG_LEAVES_RUN = -2;
const LEAVES_RUN = Math.exp(LOG_LEAVES_RUN);

export interface Marginals {
  /** Natural logarithm of the total weight of all alignments. */
  readonly logTotal: number;
  /** For each step, the chance of each of its options; what is missing to 1 is the chance that it is no heading. */
  readonly chances: readonly Float64Array[];
}

/** The chance of every reading of every candidate, over all alignments (the forward-backward algorithm). */
export function marginals(lattice: Lattice): Marginals {
  const { nodeCount, runCount, steps } = lattice;
  const entered: Float64Array[] = [];
  const scales = new Float64Array(steps.length);
  // Two buffers take turns, here and on the way back: a long document has many steps.
  let here: Float64Array = new Float64Array(nodeCount * runCount);
  let next: Float64Array = new Float64Array(nodeCount * runCount);
  const perNode = new Float64Array(nodeCount);
  here[0] = 1;
  let logTotal = 0;
  steps.forEach((step, index) => {
    next.fill(0);
    passOver(lattice, step, here, next);
    sumOverRuns(here, step, runCount, perNode);
    const weights = new Float64Array(step.options.length);
    step.options.forEach((option, position) => {
      const weight = Math.exp(option.score) * arrivals(lattice, option, perNode);
      weights[position] = weight;
      const cell = option.node * runCount + option.run;
      next[cell] = (next[cell] ?? 0) + weight;
    });
    const scale = sum(next);
    scales[index] = scale;
    logTotal += Math.log(scale);
    for (let cell = 0; cell < next.length; cell++) next[cell] = (next[cell] ?? 0) / scale;
    entered.push(weights);
    [here, next] = [next, here];
  });
  let total = 0;
  for (let cell = 0; cell < here.length; cell++) {
    const end = lattice.ends[Math.floor(cell / runCount)] ?? 0;
    total += (here[cell] ?? 0) * end;
    here[cell] = end;
  }
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    const weights = entered[index];
    const scale = scales[index] ?? 1;
    if (step === undefined || weights === undefined) continue;
    passBack(lattice, step, here, next);
    const later = here;
    perNode.fill(0);
    step.options.forEach((option, position) => {
      const after = later[option.node * runCount + option.run] ?? 0;
      weights[position] = ((weights[position] ?? 0) * after) / (scale * total);
      departures(lattice, option, Math.exp(option.score) * after, perNode);
    });
    for (let node = 0; node < nodeCount; node++) {
      const gain = perNode[node] ?? 0;
      for (let run = 0; run < runCount; run++) {
        const cell = node * runCount + run;
        next[cell] = ((next[cell] ?? 0) + (leavesRun(step, run) ? gain * LEAVES_RUN : gain)) / scale;
      }
    }
    [here, next] = [next, here];
  }
  return { logTotal: logTotal + Math.log(total), chances: entered };
}

/** The single best alignment: for each step the option taken, or -1 (the Viterbi algorithm). */
export function bestPath(lattice: Lattice): readonly number[] {
  const { nodeCount, runCount, steps } = lattice;
  const cells = nodeCount * runCount;
  let scores: Float64Array = new Float64Array(cells).fill(-Infinity);
  scores[0] = 0;
  const cameFrom: Int32Array[] = [];
  const took: Int16Array[] = [];
  for (const step of steps) {
    const next = new Float64Array(cells).fill(-Infinity);
    const from = new Int32Array(cells).fill(-1);
    const option = new Int16Array(cells).fill(-1);
    for (let run = 0; run < runCount; run++) {
      const passing = Math.log(passWeight(step, run));
      const after = runAfter(step, run);
      for (let first = 0; first < cells; first += runCount) {
        const score = (scores[first + run] ?? -Infinity) + passing;
        if (score <= (next[first + after] ?? -Infinity)) continue;
        next[first + after] = score;
        from[first + after] = first + run;
      }
    }
    const best = bestOverRuns(scores, step, nodeCount, runCount);
    step.options.forEach(({ node, move, score, run }, position) => {
      const moves = lattice.moves[move] ?? new Float64Array(0);
      const to = node * runCount + run;
      best.forEach((cell, origin) => {
        const left = leavesRun(step, cell % runCount) ? LOG_LEAVES_RUN : 0;
        const reached =
          (scores[cell] ?? -Infinity) + left + score + Math.log(moves[origin * nodeCount + node] ?? 0);
        if (reached > (next[to] ?? -Infinity)) {
          next[to] = reached;
          from[to] = cell;
          option[to] = position;
        }
      });
    });
    scores = next;
    cameFrom.push(from);
    took.push(option);
  }
  let last = 0;
  let highest = -Infinity;
  for (let cell = 0; cell < cells; cell++) {
    const score = (scores[cell] ?? -Infinity) + Math.log(lattice.ends[Math.floor(cell / runCount)] ?? 0);
    if (score > highest) {
      highest = score;
      last = cell;
    }
  }
  const path: number[] = Array.from({ length: steps.length }, () => -1);
  for (let index = steps.length - 1; index >= 0; index--) {
    path[index] = took[index]?.[last] ?? -1;
    last = Math.max(0, cameFrom[index]?.[last] ?? 0);
  }
  return path;
}

function runAfter(step: Step, run: number): number {
  if (step.run === 0) return run;
  return step.continues === 0 || run === step.continues ? step.run : run;
}

function passWeight(step: Step, run: number): number {
  if (step.run === 0) return 1;
  if (step.continues === 0) return BEGINS_RUN;
  return run === step.continues ? 1 : BREAKS_RUN;
}

/** Whether taking a step for a heading breaks off the run that it would have continued. */
function leavesRun(step: Step, run: number): boolean {
  return step.continues > 0 && run === step.continues;
}

function passOver(
  { nodeCount, runCount }: Lattice,
  step: Step,
  forward: Float64Array,
  next: Float64Array,
): void {
  for (let run = 0; run < runCount; run++) {
    const weight = passWeight(step, run);
    const after = runAfter(step, run);
    for (let node = 0; node < nodeCount; node++) {
      const cell = node * runCount + after;
      next[cell] = (next[cell] ?? 0) + weight * (forward[node * runCount + run] ?? 0);
    }
  }
}

function passBack(
  { nodeCount, runCount }: Lattice,
  step: Step,
  backward: Float64Array,
  previous: Float64Array,
): void {
  for (let run = 0; run < runCount; run++) {
    const weight = passWeight(step, run);
    const after = runAfter(step, run);
    for (let node = 0; node < nodeCount; node++) {
      previous[node * runCount + run] = weight * (backward[node * runCount + after] ?? 0);
    }
  }
}

function arrivals({ nodeCount, moves }: Lattice, option: Option, at: Float64Array): number {
  const weights = moves[option.move];
  let total = 0;
  for (let from = 0; from < nodeCount; from++) {
    total += (at[from] ?? 0) * (weights?.[from * nodeCount + option.node] ?? 0);
  }
  return total;
}

function departures(
  { nodeCount, moves }: Lattice,
  option: Option,
  weight: number,
  gains: Float64Array,
): void {
  const weights = moves[option.move];
  if (weights === undefined) return;
  for (let from = 0; from < nodeCount; from++) {
    gains[from] = (gains[from] ?? 0) + weight * (weights[from * nodeCount + option.node] ?? 0);
  }
}

function sumOverRuns(cells: Float64Array, step: Step, runCount: number, totals: Float64Array): void {
  for (let node = 0; node < totals.length; node++) {
    let total = 0;
    for (let run = 0; run < runCount; run++) {
      const weight = cells[node * runCount + run] ?? 0;
      total += leavesRun(step, run) ? weight * LEAVES_RUN : weight;
    }
    totals[node] = total;
  }
}

function bestOverRuns(scores: Float64Array, step: Step, nodeCount: number, runCount: number): Int32Array {
  const best = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    let highest = node * runCount;
    let score = -Infinity;
    for (let cell = highest; cell < (node + 1) * runCount; cell++) {
      const taking = (scores[cell] ?? -Infinity) + (leavesRun(step, cell % runCount) ? LOG_LEAVES_RUN : 0);
      if (taking > score) [highest, score] = [cell, taking];
    }
    best[node] = highest;
  }
  return best;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

import { CHECKS, judged, type Finding } from '@tensormark/code-review';
import type { ModelReading, Program } from '@tensormark/frameworks';
import { isFloatingPoint, readLayers } from '@tensormark/network';
import { parse } from 'yaml';
import type { Instruments } from '../kinds/kind.js';
import { factsFrom, factsOfCode, withoutSizes, type CodeFacts } from './facts.js';
import { networksOf, readAsCalled, readAsTried } from './networks.js';
import { namesFor, partsWithin, together } from './parts.js';

/** Code that an examiner gives, with what the question says of it. */
export interface GivenCode {
  readonly code: string;
  readonly input?: readonly number[] | undefined;
  readonly call?: string | undefined;
  /** The loss that the question says it is trained with, where the code itself computes none. */
  readonly loss?: string | undefined;
}

/** Reads given code for what answers may say of it: PyTorch, or a list of layers as YAML. */
export function factsOfGiven(given: GivenCode, instruments: Instruments): CodeFacts {
  return layersAsYaml(given) ?? factsOfPyTorch(given, instruments);
}

/** The given code as the reader of models sees it. */
export function readGiven({ code, input, call }: GivenCode, { reader }: Instruments): ModelReading {
  return reader.read(code, {
    filename: 'given.py',
    ...(input === undefined ? {} : { inputs: [input] }),
    ...(call === undefined ? {} : { call }),
  });
}

function factsOfPyTorch(given: GivenCode, instruments: Instruments): CodeFacts {
  const reading = readGiven(given, instruments);
  const lines = given.code.split('\n').length;
  const program = instruments.programs.read(given.code, { filename: 'given.py' });
  const trained = trainedProgram(given, reading);
  const judgement = judged(
    trained === undefined ? program : instruments.programs.read(trained, { filename: 'given.py' }),
    CHECKS,
  );
  const findings = judgement.findings.filter(({ line }) => line <= lines || trained !== undefined);
  const several = networksOf(given, reading, program, instruments);
  const { reading: own, isTried } =
    several.length === 0 ? whole(given, reading, program, instruments) : { reading, isTried: undefined };
  const all = [...findings, ...raisedIn(own, new Set(findings.map(({ line }) => line)))];
  if (several.length === 0) {
    const read = factsOfCode(given.code, own, program, all);
    const facts = isTried === true ? withoutSizes(read) : read;
    return { ...facts, parts: partsWithin(facts) };
  }
  const classes = several.map(({ names }) => names.at(-1) ?? '');
  const parts = several.map(({ names, reading: own }, index) => {
    const others = classes.filter((name, at) => at !== index && name !== classes[index]);
    return {
      names: namesFor(names),
      facts: factsOfCode(withoutClasses(given.code, others), own, program, all),
    };
  });
  return together(factsOfCode(given.code, reading, program, all), parts);
}

/** What the forward raises, as findings, on lines where review has none. */
function raisedIn({ errors }: ModelReading, known: ReadonlySet<number>): Finding[] {
  return errors
    .filter(({ unsure, place }) => unsure !== true && !known.has(place.line))
    .map(({ type, message, place }): Finding => ({
      check: /shape|size|channel|match|dimension|feature/i.test(message) ? 'shape-raises' : 'raises',
      severity: 'error',
      line: place.line,
      column: place.column,
      endLine: place.endLine,
      endColumn: place.endColumn,
      message: `${type}: ${message}`,
      why: 'The forward pass ends at this line.',
      instead: 'Mend what the message names.',
      evidence: [{ kind: 'error', type, message, exact: false }],
    }));
}

/**
 * The network called on what the program itself calls it on, where nothing else says what it takes; where that is not seen
 * either, on what its first layer could take, which shows its order and none of its sizes.
 */
function whole(
  given: GivenCode,
  reading: ModelReading,
  program: Program,
  { reader }: Instruments,
): { readonly reading: ModelReading; readonly isTried?: true } {
  const { chosen } = reading;
  if (reading.traced || given.input !== undefined) return { reading };
  const called = chosen?.kind === 'instance' ? readAsCalled(given.code, chosen, program, reader) : undefined;
  if (called !== undefined) return { reading: called };
  const tried = readAsTried(given.code, reading, reader);
  return tried === undefined ? { reading } : { reading: tried, isTried: true };
}

/** The code with the bodies of some classes blanked, every other line in its place. */
function withoutClasses(code: string, names: readonly string[]): string {
  let isInside = false;
  return code
    .split('\n')
    .map((line) => {
      if (/^\S/.test(line))
        isInside = names.some((name) => new RegExp(String.raw`^class\s+${name}\b`).test(line));
      return isInside ? '' : line;
    })
    .join('\n');
}

/** The code with one step of the loss that the question names, for the checks of losses; undefined where none is named. */
function trainedProgram(
  { code, input, call, loss }: GivenCode,
  { chosen, network }: ModelReading,
): string | undefined {
  if (loss === undefined || input === undefined || chosen === undefined) return undefined;
  const made =
    call ??
    (chosen.kind === 'call' ? chosen.expression : chosen.kind === 'class' ? `${chosen.name}()` : chosen.name);
  // An embedding is looked up with whole numbers.
  const isIndex = network?.inputs[0] !== undefined && !isFloatingPoint(network.inputs[0].dtype);
  const taken = isIndex
    ? `_torch.randint(0, 2, (2, ${input.join(', ')}))`
    : `_torch.randn(2, ${input.join(', ')})`;
  return `${code}\n\nimport torch as _torch\n_given = ${made}\n_scores = _given(${taken})\n_loss = _torch.nn.${loss}()(_scores, _torch.randint(0, 2, (2,)))\n`;
}

/** Facts of layers written as YAML, `input` and `layers`; undefined where the text is no such list. */
function layersAsYaml({ code, input }: GivenCode): CodeFacts | undefined {
  if (!/^\s*(?:input|layers)\s*:/m.test(code) || /^\s*(?:import|from|class|def)\s/m.test(code))
    return undefined;
  let written: unknown;
  try {
    written = parse(code, { maxAliasCount: 50 });
  } catch {
    return undefined;
  }
  if (typeof written !== 'object' || written === null || !('layers' in written)) return undefined;
  const reading = readLayers({ input: 'input' in written ? written.input : input, layers: written.layers });
  const lines = code.split('\n');
  return factsFrom({
    text: code,
    network: reading.kind === 'network' ? reading.network : undefined,
    isWhole: reading.kind === 'network',
    isTraced: reading.kind === 'network',
    errors: reading.kind === 'network' ? [] : [{ says: reading.message, line: 1 }],
    findings: [],
    program: undefined,
    lineOf: lineOfLayer(lines, reading.kind === 'network' ? [...reading.network.modules.values()] : []),
  });
}

/** The line on which each layer is written: the types stand in the text in the order of the modules. */
function lineOfLayer(
  lines: readonly string[],
  modules: readonly { readonly path: string; readonly type: string; readonly layer?: unknown }[],
): (path: string) => number | undefined {
  const found = new Map<string, number>();
  let from = 0;
  for (const { path, type, layer } of modules) {
    if (layer === undefined) continue;
    const at = lines.findIndex(
      (line, index) => index >= from && new RegExp(String.raw`\b${type}\b`).test(line),
    );
    if (at < 0) continue;
    found.set(path, at + 1);
    from = lines[at]?.split(type).length === 2 ? at + 1 : at;
  }
  return (path) => found.get(path);
}

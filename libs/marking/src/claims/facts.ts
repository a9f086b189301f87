import type { Finding } from '@tensormark/code-review';
import type { ModelReading, Program } from '@tensormark/frameworks';
import { isCall, tensorsOf, type Network } from '@tensormark/network';
import type { CodeQuote } from './claim.js';
import { computedBy } from '../kinds/code/computing/called-by.js';
import { kindOf, type LayerFact, type LayerKind } from './layer-fact.js';
import { parametersBelow, type Parameters } from './parameters.js';
import { declaredLayers, kerasLayers } from './untraced.js';
import { residualConnection } from '../kinds/code/residual.js';

/** What is known of the given code. Everything that an answer says is held against this and nothing else. */
export interface CodeFacts {
  readonly layers: readonly LayerFact[];
  /** Operations that the code names, called or not, with what they are. */
  readonly declared: ReadonlySet<LayerKind>;
  readonly text: string;
  readonly network: Network | undefined;
  /** Whether the layers are known whole: no unknown bears on them. */
  readonly isWhole: boolean;
  /** Whether the forward was followed to its end, without an error: the order of layers is known. */
  readonly isTraced: boolean;
  readonly findings: readonly Finding[];
  /** Whether the sizes of tensors are those of the program, and not only of what it was tried on. */
  readonly hasSizes: boolean;
  /** Whether reading found an error that PyTorch or Python raises. */
  readonly errors: readonly { readonly says: string; readonly line: number }[];
  readonly parameters: Parameters | undefined;
  /** Without the batch; undefined where there are several outputs or it is not known. */
  readonly output: readonly number[] | undefined;
  readonly program: Program | undefined;
  readonly residual: CodeQuote | undefined;
  /** Networks beside one another, and parts of one, that answers call by a name. */
  readonly parts: readonly Part[];
  quote(line: number | undefined): CodeQuote | undefined;
}

/** A network among several, or a part of one that has a name of its own, and what is known of it alone. */
export interface Part {
  /** How answers call it. */
  readonly names: readonly RegExp[];
  readonly facts: CodeFacts;
}

interface Read {
  readonly text: string;
  readonly network: Network | undefined;
  readonly isWhole: boolean;
  readonly isTraced: boolean;
  readonly errors: readonly { readonly says: string; readonly line: number }[];
  readonly findings: readonly Finding[];
  readonly program: Program | undefined;
  /** The line of a layer by its path, where places are not kept (layers written as YAML). */
  lineOf?(path: string): number | undefined;
}

/** Facts of PyTorch code, from reading its network and reviewing its program. */
export function factsOfCode(
  text: string,
  reading: ModelReading,
  program: Program | undefined,
  findings: readonly Finding[],
): CodeFacts {
  const errors = [
    ...reading.syntaxErrors.map(({ type, span, message }) => ({
      says: `${type}: ${message}`,
      line: span.line,
    })),
    ...reading.errors
      .filter(({ unsure }) => unsure !== true)
      .map(({ type, message, place }) => ({ says: `${type}: ${message}`, line: place.line })),
  ];
  return factsFrom({
    text,
    network: reading.network,
    isWhole:
      reading.network !== undefined &&
      !reading.gaps.parameters &&
      !(reading.traced && reading.gaps.forward) &&
      reading.syntaxErrors.length === 0 &&
      reading.unknowns.every(({ bears }) => bears !== 'network'),
    isTraced:
      reading.traced &&
      !reading.gaps.forward &&
      reading.errors.every(({ place }) => isOutside(text, place.line)),
    errors,
    findings,
    program,
  });
}

/** Whether a line stands in no class and no function, as those of a network do. */
export function isOutside(text: string, line: number): boolean {
  const above = text.split('\n').slice(0, line);
  return !/^(?:class|def|@)/.test(above.findLast((each) => /^[^\s#)\]}]/.test(each)) ?? '');
}

export function factsFrom(read: Read): CodeFacts {
  const { text, network, errors, findings, program, lineOf } = read;
  const lines = text.split('\n');
  const quote = (line: number | undefined): CodeQuote | undefined => {
    const found = line === undefined ? undefined : lines[line - 1]?.trim();
    return line === undefined || found === undefined || found === '' ? undefined : { line, text: found };
  };
  const calls = (network?.nodes ?? []).filter(isCall);
  // A layer of Keras may have its activation within it: to an answer that is one more thing of the network.
  const within = new Map(
    calls.flatMap((node): [number, string][] => {
      const [own, activation] = computedBy(node).names;
      return own === undefined || activation === undefined ? [] : [[node.id, activation]];
    }),
  );
  const after = (node: number): number => (within.has(node) ? node + 0.5 : node);
  const called = calls.flatMap((node): LayerFact[] => {
    const path = node.layer === undefined ? '' : node.modulePath;
    const made = network?.modules.get(path);
    const line =
      (node.layer === undefined ? undefined : made?.place?.line) ?? node.place?.line ?? lineOf?.(path);
    const layer: LayerFact = {
      kind: kindOf(computedBy(node).names[0] ?? node.operation),
      operation: node.operation.replace(/^keras\./, ''),
      path,
      within: node.modulePath,
      node: node.id,
      inputs: node.inputs.map((input) => after(input.node)),
      quote: quote(line),
      config: node.layer?.config,
      hasBias: node.layer?.parameters.some(({ role }) => role === 'bias') ?? false,
    };
    const activation = within.get(node.id);
    if (activation === undefined) return [layer];
    const put: LayerFact = {
      kind: kindOf(activation),
      operation: activation,
      path: '',
      within: node.modulePath,
      node: after(node.id),
      inputs: [node.id],
      quote: layer.quote,
      config: undefined,
      hasBias: false,
    };
    return [layer, put];
  });
  const ofKeras = called.length > 0 || program === undefined ? undefined : kerasLayers(program, quote);
  const layers =
    ofKeras ?? (called.length > 0 || network === undefined ? called : declaredLayers(network, quote));
  const isWhole = read.isWhole || ofKeras !== undefined;
  const isTraced = ofKeras !== undefined || (read.isWhole && read.isTraced);
  const declared = new Set<LayerKind>(layers.map(({ kind }) => kind));
  for (const module of network?.modules.values() ?? []) declared.add(kindOf(module.type));
  const outputs = network === undefined ? [] : tensorsOf(network.output);
  const [output] = outputs;
  const residual = network === undefined ? undefined : residualConnection(network);
  return {
    layers,
    declared,
    text: text.replace(/#[^\n]*/g, ''),
    network,
    isWhole,
    isTraced,
    findings,
    errors,
    hasSizes: network !== undefined && isTraced,
    parameters: network === undefined || !isWhole ? undefined : parametersBelow(network),
    output: outputs.length === 1 && isTraced && errors.length === 0 ? output?.shape.slice(1) : undefined,
    program,
    residual: residual?.kind === 'sure' ? quote(residual.node.place?.line) : undefined,
    parts: [],
    quote,
  };
}

/** What is known of a network that was only tried on something: its order, and sizes that hang on no picture's. */
export function withoutSizes(facts: CodeFacts): CodeFacts {
  const { output } = facts;
  return { ...facts, hasSizes: false, output: output?.length === 1 ? output : undefined };
}

/** The first line with words that a pattern matches, counted from 1. */
export function lineWith(text: string, pattern: RegExp): number | undefined {
  const at = text.split('\n').findIndex((line) => pattern.test(line));
  return at < 0 ? undefined : at + 1;
}

import {
  activationIn,
  armsOf,
  isActivation,
  isCertainWith,
  isLinear,
  isRecurrent,
  isValue,
  kerasOf,
  perOutput,
  unitsOf,
} from '@tensormark/frameworks';
import type {
  Compiled,
  Datum,
  Fitted,
  KerasLayer,
  KerasModel,
  KerasNetwork,
  Lesson,
  Moment,
  Program,
  Step,
  Used,
  Value,
} from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Fix } from '../finding.js';

/** The end of a network: the last layer with weights, and what is done to its result. */
export interface Head {
  readonly layer: KerasLayer;
  readonly units: number | undefined;
  /** Undefined where it is not known. */
  readonly activation: string | undefined;
  /** Where the activation stands: the layer's own line, or that of a layer after it. */
  readonly at: Span;
}

/** A network that the program compiles, with its end. */
export interface Trained {
  readonly model: KerasModel;
  readonly network: KerasNetwork;
  readonly head: Head;
  readonly compiled: Compiled;
}

const PASSES = /^(Dropout|Flatten|Reshape|BatchNormalization|ActivityRegularization|GaussianNoise)$/;

/** What lays out otherwise what the last layer gives. */
const LAYS_OUT = /^(UpSampling|Cropping)[12]D$/;

/** Layers and the networks among them, one after the other. */
export function layersOf(network: KerasNetwork): readonly Step[] {
  return network.steps.flatMap((step) => (step.network === undefined ? [step] : layersOf(step.network)));
}

/** Whether each layer is sure to be added, none of them in one arm of a condition alone. */
export function isSurelyBuilt(network: KerasNetwork): boolean {
  return layersOf(network).every(
    ({ added }) => added === undefined || isCertainWith(added.moment, network.made),
  );
}

export function headOf(network: KerasNetwork): Head | undefined {
  let activation: { readonly name: string | undefined; readonly at: Span | undefined } | undefined;
  for (const { layer } of layersOf(network).toReversed()) {
    if (layer === undefined) return undefined;
    if (isActivation(layer)) {
      activation ??= { name: activationIn(layer), at: layer.span };
      continue;
    }
    if (PASSES.test(layer.type) || LAYS_OUT.test(layer.type)) continue;
    const core = layer.type === 'TimeDistributed' && layer.inner !== undefined ? layer.inner : layer;
    if (!isLinear(core) && !isRecurrent(core)) return undefined;
    const own = activationIn(core);
    const at = activation !== undefined && own === 'linear' ? (activation.at ?? layer.span) : layer.span;
    if (at === undefined) return undefined;
    return {
      layer: core,
      units: unitsOf(core),
      activation:
        activation === undefined
          ? own
          : own === 'linear' || isRecurrent(core)
            ? activation.name
            : activation.name,
      at,
    };
  }
  return undefined;
}

/** Whether nothing but the choice of an optimiser decides whether it happens: that leaves the loss what it is. */
function isOfOptimizer(moment: Moment): boolean {
  return armsOf(moment).every(({ condition }) => /optimi[sz]er|learner|\bopt\b/i.test(condition.text));
}

/** What a program's networks are compiled with, where that is sure to happen. */
export function trainedIn(program: Program): Trained[] {
  return kerasOf(program)
    .models.flatMap(perOutput)
    .flatMap((model) => {
      const { network } = model;
      const head = network && headOf(network);
      if (network === undefined || head === undefined) return [];
      return model.compiles
        .filter(({ moment }) => isCertainWith(moment, network.made) || isOfOptimizer(moment))
        .map((compiled) => ({ model, network, head, compiled }));
    });
}

/** The fits that are made with what `compile` said, before it is called again. */
export function fitsAfter({ model, compiled }: Pick<Trained, 'model' | 'compiled'>): Fitted[] {
  return model.fits.filter(({ moment }) => compiledFor(model, moment.at) === compiled);
}

/** Examples that a network learns from with a loss that is known. */
export type Taught = Fitted | Lesson;

/** The fits, and where the program's own loop computes this loss, each place once. */
export function taughtIn({ model, compiled }: Pick<Trained, 'model' | 'compiled'>): Taught[] {
  return [
    ...fitsAfter({ model, compiled }),
    ...model.lessons.filter(({ judged }) => judged === compiled && isFirstThere(model, judged)),
  ];
}

function isFirstThere({ lessons }: KerasModel, { moment }: Compiled): boolean {
  const first = lessons.find((one) => one.moment.span?.start === moment.span?.start);
  return first?.moment === moment;
}

/** The same of evaluating and predicting. */
export function usesAfter({ model, compiled }: Pick<Trained, 'model' | 'compiled'>): Used[] {
  return model.uses.filter(({ moment }) => compiledFor(model, moment.at) === compiled);
}

/** What was compiled last before a time. */
export function compiledFor(model: KerasModel, at: number): Compiled | undefined {
  return model.compiles.findLast(({ moment }) => moment.at < at);
}

/** The network of `model.trainable_variables`. */
export function networkOfVariables(source: Datum | undefined): Value | undefined {
  return isValue(source) &&
    source.made.kind === 'attribute' &&
    /^(trainable_)?(variables|weights)$/.test(source.made.name)
    ? source.inputs[0]
    : undefined;
}

/** Another word for one that is written in quotation marks, where it stands only once in the piece of text. */
export function otherWord(span: Span | undefined, from: string, to: string): Fix | undefined {
  if (span === undefined) return undefined;
  const found = [...span.text.matchAll(new RegExp(String.raw`(["'])${from}\1`, 'g'))];
  const [only] = found;
  if (found.length !== 1 || only === undefined) return undefined;
  const start = span.start + only.index + 1;
  const { line, column, endLine, endColumn } = span.source.place(start, start + from.length);
  return { what: `${from} becomes ${to}`, line, column, endLine, endColumn, text: to };
}

/** The layers with weights that are neither first nor last of what, and the activation after each. */
export interface Hidden {
  readonly step: Step;
  readonly layer: KerasLayer;
  /** What is done to its result before the next layer with weights; `linear` where nothing is. */
  readonly activation: string | undefined;
  readonly at: Span | undefined;
  readonly next: KerasLayer;
  /** Layers between it and the next one. */
  readonly between: readonly KerasLayer[];
}

/** A network, or what leads to each of its outputs. */
export function towards(network: KerasNetwork): readonly KerasNetwork[] {
  return [network, ...(network.outputs ?? []).map((output) => output.network)];
}

/** The same of every branch of a network, each layer once. */
export function hiddenInAll(network: KerasNetwork): Hidden[] {
  const seen = new Set<KerasLayer['value']>();
  return [...towards(network), ...(network.paths ?? [])].flatMap((one) =>
    hiddenIn(one).filter(({ layer }) => {
      const isNew = !seen.has(layer.value);
      seen.add(layer.value);
      return isNew;
    }),
  );
}

/** Every layer with weights that another one follows, in a network whose layers are all known. */
export function hiddenIn(network: KerasNetwork): Hidden[] {
  const steps = layersOf(network);
  const found: Hidden[] = [];
  for (const [at, step] of steps.entries()) {
    const { layer } = step;
    if (layer === undefined || (!isLinear(layer) && !isRecurrent(layer))) continue;
    let activation = activationIn(layer);
    let place = layer.span;
    const between: KerasLayer[] = [];
    for (const { layer: next } of steps.slice(at + 1)) {
      if (next === undefined) break;
      if (isLinear(next) || isRecurrent(next)) {
        found.push({ step, layer, activation, at: place, next, between });
        break;
      }
      between.push(next);
      if (isActivation(next) && activation === 'linear') {
        activation = activationIn(next);
        place = next.span;
      }
      if (!isActivation(next) && !PASSES.test(next.type) && !/Pooling|Dropout/.test(next.type)) break;
    }
  }
  return found;
}

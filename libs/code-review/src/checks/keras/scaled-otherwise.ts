import {
  arrayFacts,
  collectedPart,
  foreignCall,
  foreignName,
  isValue,
  kerasOf,
} from '@tensormark/frameworks';
import type { ArrayFacts, Datum, Fitted, KerasModel, Program, Used, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsMatching, callsNamed, eventsOf } from '../../ask/events.js';
import { compiledFor } from '../../ask/keras.js';
import { oncePerProgram } from '../../ask/once.js';
import { places, spanOf } from '../../ask/places.js';
import { generatorOf, scalingOf } from '../../ask/pretrained.js';
import { isSameArray } from '../../ask/same-array.js';
import { splitPartOf } from '../../ask/split-parts.js';

/** No number that a scaler gives is beyond this. */
const FAR_OF_SCALED = 20;

/** Where an array is as it goes into a network; of a part of a split, what was split. */
export function placeOf(x: Datum | undefined): Found['at'] | undefined {
  if (!isValue(x) || x.made.kind !== 'operation') return undefined;
  // A part of a split is as large as what was split.
  const part = splitPartOf(x);
  if (part !== undefined) return placeOf(part.of) ?? x.span;
  return foreignCall(x) === undefined ? x.span : undefined;
}

/** What is validated with, evaluated or predicted from, where it is not scaled as what a network learned from. */
export function* otherwiseScaled(program: Program, model: KerasModel): Generator<Found> {
  for (const fit of model.fits) {
    const { validation, moment } = fit;
    if (validation === undefined || moment.span === undefined) continue;
    if (
      areApart(fit.inputs, validation.inputs) ||
      areApartByScaler(fit.x, validation.x) ||
      areApartByGenerator(fit.x, validation.x) ||
      areMappedApart(fit.x, validation.x)
    )
      yield {
        // Where a generator scales them otherwise, it is the generator that a person would change.
        at: generatorOf(validation.x)?.value.span ?? moment.span,
        message: 'The data to validate with are not scaled as those that are learned from.',
        evidence: [places(['learned from', placeOf(fit.x)], ['validated with', placeOf(validation.x)])],
      };
  }
  const [lesson, ...later] = model.lessons;
  const apart = later.find(({ inputs }) => lesson !== undefined && areApart(lesson.inputs, inputs));
  if (apart?.moment.span !== undefined)
    yield {
      at: spanOf(apart.x) ?? apart.moment.span,
      message: 'What goes into the network here is not scaled as what was learned from.',
      evidence: [places(['learned from', lesson?.moment.span])],
    };
  for (const { inputs, moment, x, kind } of model.uses) {
    const fit = model.fits.findLast((one) => one.moment.at < moment.at);
    if (fit === undefined || moment.span === undefined) continue;
    if (!isScaledOtherwise(program, fit, { inputs, x, kind })) continue;
    if (compiledFor(model, moment.at) === undefined) continue;
    yield {
      at: generatorOf(x)?.value.span ?? moment.span,
      message: `What is ${kind === 'predict' ? 'predicted from' : 'evaluated'} here is not scaled as what was learned from.`,
      evidence: [places(['learned from', placeOf(fit.x)], ['used here', placeOf(x)])],
    };
  }
}

/** Whether what is evaluated or predicted from did not go through what a network learned from did. */
function isScaledOtherwise(
  program: Program,
  fit: Fitted,
  { inputs, x, kind }: Pick<Used, 'inputs' | 'x' | 'kind'>,
): boolean {
  const isPicture = kind === 'predict' && isReadAsBytes(fit.inputs, inputs);
  const isAsRead = kind === 'predict' && isPreparedForOne(fit.x, x);
  const isFar = (inputs.elements ?? []).some((one) => Math.abs(one) > FAR_OF_SCALED);
  return (
    isPicture ||
    isAsRead ||
    areApart(fit.inputs, inputs) ||
    areApartByScaler(fit.x, x) ||
    areMappedApart(fit.x, x) ||
    isLeftUnscaled(program, fit.x, x) ||
    (isFar && scaledData(fit.x) !== undefined)
  );
}

/** What the network in a file learned from, where the program itself saves it there. */
function learnedBefore(program: Program, loaded: Datum | undefined): Fitted | undefined {
  const path = foreignCall(loaded)?.args.positional[0];
  if (typeof path !== 'string') return undefined;
  const saved = callsNamed(program, 'save').find(({ args }) => args.positional[1] === path)?.args
    .positional[0];
  return kerasOf(program)
    .models.find(({ value }) => value === saved)
    ?.fits.at(-1);
}

/** A network that is loaded and asked about a picture as it is read, where the program divides the pixels of the set it was for. */
export function* loadedOtherwise(program: Program): Generator<Found> {
  if (!program.source.includes('load_model')) return;
  for (const { args, moment } of callsMatching(program, /^predict(_classes|_proba)?$/)) {
    const [on, x] = args.positional;
    if (moment.span === undefined || !/(^|\.)load_model$/.test(foreignCall(on)?.name ?? '')) continue;
    const used = arrayFacts(x);
    const fit = learnedBefore(program, on);
    if (fit !== undefined && isScaledOtherwise(program, fit, { inputs: used, x, kind: 'predict' })) {
      yield {
        at: moment.span,
        message: 'What is predicted from here is not scaled as what was learned from.',
        evidence: [places(['learned from', placeOf(fit.x)], ['used here', placeOf(x)])],
      };
      continue;
    }
    const scaled = scaledPixels(program).find(
      ({ facts }) => isReadAsBytes(facts, used) && areOfOneSize(facts, used),
    );
    if (scaled === undefined) continue;
    yield {
      at: moment.span,
      message: 'What is predicted from here is not scaled as the pictures of the set are.',
      evidence: [places(['scaled here', scaled.value.span], ['used here', placeOf(x)])],
    };
  }
}

/** The pictures of published sets that the program divides. */
const scaledPixels = oncePerProgram((program) =>
  eventsOf(program, 'call').flatMap(({ result }) => {
    if (!isValue(result)) return [];
    const facts = arrayFacts(result);
    return facts.scale === 'unit' && facts.set?.of.isPixels === true && facts.set.isX
      ? [{ value: result, facts }]
      : [];
  }),
);

/** Whether no two sizes that are known of two arrays of pictures differ. */
function areOfOneSize(one: ArrayFacts, other: ArrayFacts): boolean {
  return (one.shape ?? []).every((size, at) => {
    const its = other.shape?.[at];
    return at === 0 || size === undefined || its === undefined || size === its;
  });
}

const KEEPS = /^(getitem|reshape|array|asarray|expand_dims|astype|tail|head|to_numpy|squeeze|ravel)$/;

/** What an array is taken out of and laid out anew of, its numbers left as they are: each in turn. */
function unchangedIn(datum: Datum | undefined): Value[] {
  const found: Value[] = [];
  let current = datum;
  for (let depth = 0; depth < 15; depth++) {
    if (Array.isArray(current)) {
      const [first]: readonly Datum[] = current;
      current = first;
      continue;
    }
    if (!isValue(current)) break;
    found.push(current);
    const { made, inputs }: Value = current;
    if (made.kind === 'attribute' && /^(values|i?loc|T)$/.test(made.name)) [current] = inputs;
    else if (made.kind === 'operation' && KEEPS.test(made.name)) [current] = made.args.positional;
    else break;
  }
  return found;
}

/** What a scaler was given to give what an array is taken out of. */
function scaledData(datum: Datum | undefined): Datum | undefined {
  return unscaledBy(unchangedIn(datum).at(-1));
}

/** Whether what is learned from is of what a scaler gives, and what is used is of the very data it was given. */
function isLeftUnscaled(program: Program, learned: Datum | undefined, used: Datum | undefined): boolean {
  const data = scaledData(learned);
  const [root, other] = [unchangedIn(data).at(-1), unchangedIn(used).at(-1)];
  // A scaled column may be put back into its table.
  return (
    root !== undefined &&
    other !== undefined &&
    isSameArray(root, other) &&
    !/\]\s*=[^=\n]*transform\(/.test(program.source)
  );
}

/** Whether a scaler made what is learned from of one part of a split, and the other part is used as it is. */
function areApartByScaler(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [partOf(unscaledBy(learned)), partOf(used)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.by === other.by &&
    one.index % 2 === 0 &&
    other.index === one.index + 1
  );
}

/** Whether one generator of pictures scales them by a function or by statistics, and the other divides them or does nothing. */
function areApartByGenerator(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [scalingOf(learned), scalingOf(used)];
  if (one === undefined || other === undefined || one === other) return false;
  // Of a division and nothing the scale says more; a function may be a change by chance that only learning sees.
  if (one === 'nothing' || other === 'nothing') return one === 'statistics' || other === 'statistics';
  return true;
}

/** What a scaler of scikit-learn was given, to give a value. */
function unscaledBy(datum: Datum | undefined): Datum | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const { name, args } = datum.made;
  const [scaler, data] = args.positional;
  const isScaler = /^sklearn\.preprocessing\.(\w*Scaler)$/.test(foreignCall(scaler)?.name ?? '');
  return isScaler && /^(fit_)?transform$/.test(name) ? data : undefined;
}

function partOf(datum: Datum | undefined): { readonly by: Datum; readonly index: number } | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [by, index] = datum.made.args.positional;
  return by !== undefined &&
    typeof index === 'bigint' &&
    /(^|\.)train_test_split$/.test(foreignCall(by)?.name ?? '')
    ? { by, index: Number(index) }
    : undefined;
}

/** Whether pixels of one part of a collected set are divided by a function that nothing maps over the other part. */
function areMappedApart(learned: Datum | undefined, used: Datum | undefined): boolean {
  const [one, other] = [mappedOver(learned), mappedOver(used)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.loaded === other.loaded &&
    one.maps.length > 0 &&
    other.maps.length === 0 &&
    one.maps.some((gives) => Array.isArray(gives) && isValue(gives[0]) && dividesPixels(gives[0]))
  );
}

/** What maps over a part of a collected set give, from the last to the first. */
function mappedOver(
  datum: Datum | undefined,
): { readonly loaded: Value; readonly maps: readonly Datum[] } | undefined {
  const maps: Datum[] = [];
  let current = datum;
  for (let depth = 0; depth < 15; depth++) {
    const part = collectedPart(current);
    if (part !== undefined) return { loaded: part.loaded, maps };
    if (!isValue(current) || current.made.kind !== 'operation') return undefined;
    const { args, name }: Extract<Value['made'], { readonly kind: 'operation' }> = current.made;
    if (name === 'map') maps.push(args.named.get('gives') ?? null);
    else if (!/^(batch|shuffle|repeat|prefetch|cache|take|skip)$/.test(name)) return undefined;
    [current] = args.positional;
  }
  return undefined;
}

function dividesPixels(value: Value): boolean {
  return comesOf(value, ({ made }) => {
    const by = made.kind === 'operation' && made.name === 'div' ? made.args.positional[1] : undefined;
    return (typeof by === 'number' || typeof by === 'bigint') && Number(by) > 100 && Number(by) < 257;
  });
}

/** Whether pictures are learned from as a preprocessing function leaves them, and one that is read from a file is used as it is. */
function isPreparedForOne(learned: Datum | undefined, used: Datum | undefined): boolean {
  return (
    scalingOf(learned) === 'function' &&
    isPreparing(generatorOf(learned)?.args.named.get('preprocessing_function')) &&
    arrayFacts(used).scale === 'bytes' &&
    /\.(expand_dims|img_to_array)$/.test(foreignCall(used)?.name ?? '')
  );
}

/** Whether a function brings pictures to the numbers that a network has learned from. */
function isPreparing(datum: Datum | undefined): boolean {
  return foreignName(datum)?.endsWith('.preprocess_input') === true;
}

/** Whether one is known to be scaled and the other known not to be. */
function areApart(one: ArrayFacts, other: ArrayFacts): boolean {
  const isPublished = one.set !== undefined && other.set !== undefined && one.set.of === other.set.of;
  // Pictures that generators read of folders, one of them with rescale.
  const areRead =
    one.set === undefined &&
    other.set === undefined &&
    one.shape?.length === 4 &&
    one.shape.join() === other.shape?.join() &&
    [one.scale, other.scale].includes('unit') &&
    [one.scale, other.scale].includes('bytes');
  if ((!isPublished && !areRead) || one.scale === undefined || other.scale === undefined) return false;
  return (isLarge(one) && !isLarge(other)) || (!isLarge(one) && isLarge(other));
}

/** Whether pixels of a published set were learned from within 0 to 1, and a picture that is read from a file is used as bytes. */
function isReadAsBytes(learned: ArrayFacts, used: ArrayFacts): boolean {
  // Of pictures of no published set those count that are as large as the one asked about.
  const areAlike =
    learned.set === undefined &&
    learned.shape?.length === 4 &&
    learned.shape.slice(1).join() === used.shape?.slice(1).join();
  return (
    (learned.set?.of.isPixels === true || areAlike) &&
    learned.scale === 'unit' &&
    used.scale === 'bytes' &&
    used.set === undefined &&
    used.shape?.length === learned.shape?.length
  );
}

function isLarge({ scale }: ArrayFacts): boolean {
  return scale === 'bytes' || scale === 'raw';
}

import { entriesOf } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { arrayFacts } from './arrays.js';
import type { Compiled, Examples, Fitted, KerasModel } from './keras-program.js';
import { lossOf } from './losses.js';
import type { Output } from './networks.js';

/**
 * A network of several outputs as one network for each: what leads to it, the loss that it is judged by and the targets that it is
 * given. Any other network is itself.
 */
export function perOutput(model: KerasModel): readonly KerasModel[] {
  const { network } = model;
  const outputs = network?.outputs;
  if (network === undefined || outputs === undefined) return [model];
  return outputs.map((output, at) => ({
    network: output.network,
    value: model.value,
    compiles: model.compiles.map((compiled) => compiledFor(compiled, output, at)),
    fits: model.fits.map((fit) => fittedFor(fit, output, at)),
    lessons: [],
    uses: [],
  }));
}

/** What is given for one output: by place, by name, or one thing for all of them. */
function given(datum: Datum | undefined, { name }: Output, at: number, isForAll: boolean): Datum | undefined {
  const entries = entriesOf(datum);
  if (entries !== undefined)
    return name === undefined ? undefined : entries.find(([key]) => key === name)?.[1];
  if (Array.isArray(datum)) return datum[at];
  return isForAll ? datum : undefined;
}

function compiledFor(compiled: Compiled, output: Output, at: number): Compiled {
  const lossGiven = given(compiled.lossGiven, output, at, true);
  // One loss for all of them: what is watched is watched of each.
  const metrics = lossGiven === compiled.lossGiven ? compiled.metrics : [];
  return { ...compiled, lossGiven, loss: lossOf(lossGiven), metrics };
}

function fittedFor(fit: Fitted, output: Output, at: number): Fitted {
  return {
    ...fit,
    ...targetsFor(fit, output, at),
    validation: fit.validation && { ...fit.validation, ...targetsFor(fit.validation, output, at) },
  };
}

function targetsFor({ y }: Examples, output: Output, at: number): Pick<Examples, 'y' | 'targets'> {
  const own = given(y, output, at, false);
  return { y: own, targets: arrayFacts(own) };
}

import * as tf from '@tensorflow/tfjs-core';

/** Runs and frees every tensor made on the way but those that are kept. */
export function scoped<T>(run: () => T, kept: (result: T) => readonly tf.Tensor[]): T {
  const engine = tf.engine();
  engine.startScope();
  let survivors: readonly tf.Tensor[] = [];
  try {
    const result = run();
    survivors = kept(result);
    return result;
  } finally {
    engine.endScope([...survivors]);
  }
}

/** The same for one tensor. */
export function tidied(run: () => tf.Tensor): tf.Tensor {
  return scoped(run, (result) => [result]);
}

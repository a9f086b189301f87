import { isCall, tensorsOf } from '@tensormark/network';
import type { Network } from '@tensormark/network';
import type { FoundError, ModelReading } from './model-reading.js';

/** Whether two readings of one program came to the same network, with the same forward. */
export function isSameReading(one: ModelReading, other: ModelReading): boolean {
  if (one.network === undefined || other.network === undefined || one.traced !== other.traced) return false;
  return printOf(one.network) === printOf(other.network);
}

/** All of a network that counts and shapes rest on, as text. */
function printOf(network: Network): string {
  return JSON.stringify([
    [...network.modules.values()].map(({ path, type }) => [path, type]),
    network.parameters.map(({ names, shape, trainable }) => [names, shape, trainable]),
    network.buffers.map(({ names, shape, persistent }) => [names, shape, persistent]),
    network.nodes.map((node) => [
      isCall(node) ? [node.operation, node.modulePath] : node.kind,
      node.outputs.map(({ shape, dtype }) => [shape, dtype]),
    ]),
    tensorsOf(network.output).map(({ shape }) => shape),
  ]);
}

/** Errors met while guessing; those that were not met without guesses may be the guesses' own. */
export function withSureness(guessed: readonly FoundError[], settled: readonly FoundError[]): FoundError[] {
  const keyOf = ({ type, message, place }: FoundError): string =>
    `${place.file}:${place.line}:${place.column}:${type}:${message}`;
  const sure = new Set(settled.map(keyOf));
  return guessed.map((error) => (sure.has(keyOf(error)) ? error : { ...error, unsure: true }));
}

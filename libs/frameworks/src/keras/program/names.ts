import { foreignCall, foreignName } from '../../program/called-name.js';
import { Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';

const ROOT =
  /^(?:tensorflow\.(?:python\.|compat\.v[12]\.|contrib\.)?keras|tf_keras|keras_core|keras(?:\.(?:api|src))?)\./;

/** A function or class of Keras: `layers.Dense`, whatever name it was imported under. */
export interface KerasName {
  /** The package it is taken from: `layers`, `models`, '' for the top. */
  readonly group: string;
  readonly name: string;
}

export interface KerasCall extends KerasName {
  readonly args: CallArguments;
  readonly value: Value;
}

const read = new Map<string, KerasName | undefined>();

function within(full: string): KerasName | undefined {
  if (read.has(full)) return read.get(full);
  const name = apart(full);
  // Names of programs that are long gone are not kept for ever.
  if (read.size > 10_000) read.clear();
  read.set(full, name);
  return name;
}

function apart(full: string): KerasName | undefined {
  // Parts of Keras that were packages of their own: `keras_preprocessing.image`.
  const whole = full.replace(/^keras_(preprocessing|applications)\./, 'keras.$1.');
  const root = ROOT.exec(whole);
  if (root === null) return undefined;
  const parts = whole.slice(root[0].length).split('.');
  return { group: parts.length > 1 ? (parts[0] ?? '') : '', name: parts.at(-1) ?? '' };
}

/** What of Keras a value is. */
export function kerasName(datum: Datum | undefined): KerasName | undefined {
  const full = foreignName(datum);
  return full === undefined ? undefined : within(full);
}

/** The call of something of Keras that gave a value. */
export function kerasCall(datum: Datum | undefined): KerasCall | undefined {
  if (!(datum instanceof Value)) return undefined;
  const call = foreignCall(datum);
  const name = call && within(call.name);
  return call === undefined || name === undefined ? undefined : { ...name, args: call.args, value: datum };
}

/** What was called on what: a layer on tensors, a model on them. */
export function application(
  datum: Datum | undefined,
): { readonly callee: Value; readonly args: CallArguments } | undefined {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation' || datum.made.name !== 'call')
    return undefined;
  const { positional, named } = datum.made.args;
  const [callee] = positional;
  if (!(callee instanceof Value) || foreignName(callee) !== undefined) return undefined;
  return { callee, args: { positional: positional.slice(1), named } };
}

/** A whole number as a number. */
export function wholeOf(datum: Datum | undefined): number | undefined {
  return typeof datum === 'bigint' ? Number(datum) : undefined;
}

/** Any number. */
export function numberOf(datum: Datum | undefined): number | undefined {
  return typeof datum === 'bigint' ? Number(datum) : typeof datum === 'number' ? datum : undefined;
}

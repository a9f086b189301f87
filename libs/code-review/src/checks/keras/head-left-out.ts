import {
  application,
  argument,
  isLinear,
  isRecurrent,
  isValue,
  kerasCall,
  layerOf,
} from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { applications, kerasCalls } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { functionsAround, nodesOf, statementAt, targetsOf } from '../../ask/tree.js';

/** The last of the layers that are put on top of what a `Model` gives, under a name that nothing reads: it is no part of the network. */
export function* headLeftOut(program: Program): Generator<Found> {
  if (!/\bModel\(/.test(program.source)) return;
  const given = kerasCalls(program).flatMap(({ name, args, value }) => {
    const output = name === 'Model' ? (argument(args, 'outputs', 1) ?? args.named.get('output')) : undefined;
    const input = argument(args, 'inputs', 0) ?? args.named.get('input');
    const outputs = Array.isArray(output) ? output : [output];
    return outputs.flatMap((one: Datum | undefined) => (isValue(one) ? [{ output: one, input, value }] : []));
  });
  if (given.length === 0) return;
  const used = new Set(applications(program).flatMap(({ args }) => [...args.positional].flat()));
  for (const { args, callee, result } of applications(program)) {
    const layer = layerOf(callee);
    const at = result.span;
    if (layer === undefined || at === undefined || used.has(result)) continue;
    const of = args.positional[0];
    const isBeside = isPassedBy(program, of, result);
    if (!isLinear(layer) && !(isBeside && (isRecurrent(layer) || /Pooling/.test(layer.type)))) continue;
    const under = given.find(({ input, output }) =>
      isBeside ? comesOf(output, (one) => one === of) : isOnTop(result, output, input),
    );
    if (
      under === undefined ||
      given.some(({ output }) => output === result || comesOf(output, (one) => one === result))
    )
      continue;
    const name = unreadName(program, at);
    if (name === undefined) continue;
    if (isBeside) {
      yield {
        at,
        message: `Nothing reads ${name}: this ${layer.type} is no part of the network, and what comes after it is given what it was given.`,
        instead: `Call the next layer on ${name}.`,
        evidence: [places(['the network', under.value.span])],
      };
      continue;
    }
    yield {
      at: under.value.span ?? at,
      message: `Nothing reads ${name}: the layers on top of what this Model gives are no part of it.`,
      instead: `Give Model what they give: outputs=${name}.`,
      evidence: [places(['the last of them', at])],
    };
    return;
  }
}

/** Whether another layer is called, after it, on what this one was called on. */
function isPassedBy(program: Program, of: Datum | undefined, result: Value): boolean {
  return (
    isValue(of) &&
    applications(program).some(
      (other) =>
        other.result.id > result.id && other.args.positional[0] === of && layerOf(other.callee) !== undefined,
    )
  );
}

/** Whether a tensor is made, by one layer or more, of another; `base.output` is the same each time that it is written. */
function isOnTop(result: Value, output: Value, input: Datum | undefined): boolean {
  let current: Value | undefined = result;
  for (let depth = 0; depth < 60; depth++) {
    const next: Datum | undefined = application(current)?.args.positional[0];
    if (!isValue(next)) return false;
    if (next === output || next === input || isSameOutput(next, output)) return true;
    current = next;
  }
  return false;
}

function isSameOutput(one: Value, other: Value): boolean {
  return (
    one.made.kind === 'attribute' &&
    other.made.kind === 'attribute' &&
    one.made.name === 'output' &&
    other.made.name === 'output' &&
    one.inputs[0] === other.inputs[0] &&
    kerasCall(one.inputs[0]) !== undefined
  );
}

/** The name that a statement gives its result, where nothing after it reads that name. */
function unreadName(program: Program, at: Found['at']): string | undefined {
  const statement = statementAt(program, at);
  const [name, ...more] = statement?.kind === 'Assign' ? targetsOf(statement) : [];
  if (statement === undefined || name === undefined || more.length > 0) return undefined;
  const home = functionsAround(program, statement.span).at(-1);
  const isRead = nodesOf(program, 'Name').some(
    ({ id, span }) =>
      id === name &&
      span.start > statement.span.end &&
      (home === undefined || (span.start >= home.span.start && span.end <= home.span.end)),
  );
  return isRead ? undefined : name;
}

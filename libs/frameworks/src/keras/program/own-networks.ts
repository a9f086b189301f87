import type { Span } from '@tensormark/python';
import type { Called } from '../../program/events.js';
import { ownClass } from '../../program/called-name.js';
import { eachNode } from '../../program/nodes.js';
import type { Program } from '../../program/program.js';
import { Value } from '../../program/value.js';
import { application } from './names.js';
import { Building } from './networks.js';
import type { KerasNetwork } from './networks.js';

/**
 * The networks of classes derived from `Model`, by the names of the classes: what the `call` of each gives. Where no class is, that of the
 * only one that has a `call`. The value of each is that result.
 */
export function subclassedIn(program: Program): ReadonlyMap<string, KerasNetwork> {
  const found = new Map<string, KerasNetwork>();
  for (const { name, span } of callsOfModels(program)) {
    const network = networkOfCall(program, span);
    if (network !== undefined) found.set(name, network);
  }
  return found;
}

function networkOfCall(program: Program, written: Span): KerasNetwork | undefined {
  const inCall = program.events.filter(
    (event): event is Called =>
      event.kind === 'call' &&
      event.moment.activation?.name === 'call' &&
      event.moment.arm === undefined &&
      event.moment.span !== undefined &&
      event.moment.span.start >= written.start &&
      event.moment.span.end <= written.end,
  );
  const last = inCall.at(-1)?.moment.activation;
  const results = inCall.filter(
    ({ moment, result }) => moment.activation === last && application(result) !== undefined,
  );
  const used = new Set(results.flatMap(({ args }) => args.positional.slice(1)));
  const ends = results.filter(({ result }) => result !== undefined && !used.has(result));
  const [end] = ends;
  return ends.length === 1 && end?.result instanceof Value
    ? new Building(program).backFrom(end.result, end.result, true)
    : undefined;
}

/** Where the program writes the `call` of each class derived from `Model`, or of the only class that has any. */
function callsOfModels({ body, source }: Program): { readonly name: string; readonly span: Span }[] {
  if (!/\bdef call\b/.test(source)) return [];
  const written: { readonly name: string; readonly isModel: boolean; readonly span: Span }[] = [];
  eachNode(body, (node) => {
    if (node.kind !== 'ClassDef') return;
    const isModel = node.bases.some(({ span }) => /(^|\.)Model$/.test(span.text));
    for (const one of node.body)
      if (one.kind === 'FunctionDef' && one.name === 'call')
        written.push({ name: node.name, isModel, span: one.span });
  });
  return written.length === 1 ? written : written.filter(({ isModel }) => isModel);
}

/** The networks of objects of classes derived from `Model`, by the identity of the objects: what comes where each is called first. */
export function calledIn(program: Program): ReadonlyMap<number, KerasNetwork> {
  const found = new Map<number, KerasNetwork>();
  const names = new Set(callsOfModels(program).map(({ name }) => name));
  if (names.size === 0) return found;
  const building = new Building(program);
  for (const event of program.events) {
    if (event.kind !== 'call' || !(event.result instanceof Value)) continue;
    const applied = application(event.result);
    const { made } = event.result;
    if (applied === undefined || made.kind !== 'operation' || !(made.gives instanceof Value)) continue;
    const { callee } = applied;
    if (found.has(callee.id) || !names.has(ownClass(callee) ?? '')) continue;
    const [given] = applied.args.positional;
    found.set(callee.id, building.backFrom(callee, made.gives, true, given));
  }
  return found;
}

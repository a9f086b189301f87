import { eachNode, namesIn } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { classesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/** Layers that a network keeps in a list or dict, as its class is written. */
export interface Listed {
  /** The statement that keeps them. */
  readonly at: Span;
  readonly name: string;
  /** What makes one of them. */
  readonly made: Span;
}

/**
 * Lists and dicts of layers in the classes of networks: of layers from other files too, and however many there are. Kept in
 * `__init__`, called elsewhere, and handed to nothing that could make them known.
 */
export function listedLayers(program: Program): Listed[] {
  if (!/\bModule\b/.test(program.source)) return [];
  const makers = makersIn(program);
  return classesOf(program).flatMap((owner) => (isNetwork(owner) ? listedIn(program, owner, makers) : []));
}

const isNetwork = ({ bases }: tree.ClassDefinition): boolean =>
  bases.some((base) => /^((torch|th)\.)?(nn\.)?Module$/.test(base.span.text));

/** PyTorch's layers that learn. */
const LAYER =
  /^((torch|th)\.)?nn\.(Linear|Bilinear|Conv\w+|LSTM\w*|GRU\w*|RNN\w*|Embedding\w*|BatchNorm\w+|LayerNorm|GroupNorm|MultiheadAttention|Transformer\w+|Sequential)$/;
/** What layers of other files are called. */
const NAMED =
  /^[A-Z]\w*(Conv\w{0,3}|Convolution|Linear|LSTM|GRU|RNN|Layer|Block|Cell|Attention|Encoder|Decoder|MLP|FeedForward|Head)$|^[A-Z]\w*(LSTM|GRU|RNN)Cell$|^(Res\w*|Conv\w*)Block$/;

/** Functions and classes of the file that make layers, and such classes of other files. */
function makersIn(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of statementsOf(program)) {
    if (one.kind === 'ClassDef' && isNetwork(one) && /\bnn\.(?!functional)[A-Z]/.test(one.span.text))
      found.add(one.name);
    if (one.kind === 'ImportFrom')
      for (const { name, as } of one.names ?? []) if (NAMED.test(name)) found.add(as ?? name);
    if (one.kind !== 'FunctionDef') continue;
    const last = one.body.at(-1);
    if (last?.kind === 'Return' && last.value?.kind === 'Call' && LAYER.test(last.value.callee.span.text))
      found.add(one.name);
  }
  return found;
}

function listedIn(program: Program, owner: tree.ClassDefinition, makers: ReadonlySet<string>): Listed[] {
  // What stands in comments is not done.
  const text = owner.span.text.replaceAll(/#.*$/gm, '');
  if (/\badd_module|register_module|\bsetattr\(|requires_grad|no_grad|def (named_)?parameters\b/.test(text))
    return [];
  const init = owner.body.find((one) => one.kind === 'FunctionDef' && one.name === '__init__');
  if (init?.kind !== 'FunctionDef') return [];
  const body = statementsIn(init.body);
  const makes = (node: tree.Expression): boolean =>
    node.kind === 'Call' && (LAYER.test(node.callee.span.text) || makers.has(node.callee.span.text));
  return body.flatMap((keeps) => {
    const [name = ''] = targetsOf(keeps);
    if (keeps.kind !== 'Assign' || keeps.targets.length !== 1 || !/^self\.\w+$/.test(name)) return [];
    const gathered = keeps.value.kind === 'Name' ? keeps.value.span.text : name;
    const start =
      gathered === name
        ? keeps
        : body.findLast((one) => one.span.end <= keeps.span.start && targetsOf(one)[0] === gathered);
    if (start?.kind !== 'Assign' || body.some((one) => one !== keeps && targetsOf(one).includes(name)))
      return [];
    const made = madeIn(start.value, makes) ?? putInto(body, gathered, makes);
    if (made === undefined || isHandedOn(owner, name, gathered)) return [];
    if (!isCutOff(owner) && !areCalled(owner, name)) return [];
    const outside = program.source.slice(0, owner.span.start) + program.source.slice(owner.span.end);
    return new RegExp(String.raw`\w\.${name.slice('self.'.length)}\b`).test(outside)
      ? []
      : [{ at: keeps.span, name, made }];
  });
}

/** A class of which only the making is shown. */
function isCutOff({ body }: tree.ClassDefinition): boolean {
  return body.every((one) => one.kind !== 'FunctionDef' || one.name === '__init__');
}

type Makes = (node: tree.Expression) => boolean;

/** The layer that each element of a comprehension is. */
function madeIn(value: tree.Expression, makes: Makes): Span | undefined {
  const isMade = value.kind === 'Call' && /^(tuple|list)$/.test(value.callee.span.text);
  const [first] = isMade ? value.args : [value];
  if (first !== undefined && first !== value)
    return first.kind === 'GeneratorExp' ? madeIn(first, makes) : undefined;
  // Lists put one behind the other, as `[first] + [inner for …] + [last]`.
  if (value.kind === 'BinOp' && value.operator === '+')
    return madeIn(value.left, makes) ?? madeIn(value.right, makes);
  if (value.kind === 'List') return value.items.every(makes) ? value.items[0]?.span : undefined;
  if (value.kind !== 'ListComp' && value.kind !== 'DictComp' && value.kind !== 'GeneratorExp')
    return undefined;
  return makes(value.element) ? value.element.span : undefined;
}

/** What makes a layer, behind the name it was given and methods that give the layer itself: `layer.to(device)`. */
function makerBehind(
  body: readonly tree.Statement[],
  node: tree.Expression,
  before: number,
  depth = 0,
): tree.Expression {
  if (depth > 5) return node;
  if (node.kind === 'Call' && node.callee.kind === 'Attribute' && ITSELF.test(node.callee.attribute))
    return makerBehind(body, node.callee.value, before, depth + 1);
  if (node.kind !== 'Name') return node;
  const given = body.filter((one) => targetsOf(one).includes(node.id));
  const [only] = given;
  return only?.kind === 'Assign' && given.length === 1 && only.span.end <= before
    ? makerBehind(body, only.value, only.span.start, depth + 1)
    : node;
}

const ITSELF = /^(to|cuda|cpu|float|double|half|train|eval|apply|jittable)$/;

/** The layer that is put into a list or dict that begins empty. */
function putInto(body: readonly tree.Statement[], name: string, makes: Makes): Span | undefined {
  const begun = body.some(
    (one) =>
      one.kind === 'Assign' &&
      targetsOf(one)[0] === name &&
      /^(\[\s*\]|\{\s*\}|list\(\)|dict\(\))$/.test(one.value.span.text),
  );
  if (!begun) return undefined;
  for (const one of body) {
    if (one.kind === 'Expr' && one.value.kind === 'Call' && one.value.callee.span.text === `${name}.append`) {
      const [layer] = one.value.args;
      const maker = layer && makerBehind(body, layer, one.span.start);
      if (maker !== undefined && makes(maker)) return maker.span;
    }
    if (one.kind !== 'Assign' || targetsOf(one)[0]?.startsWith(`${name}[`) !== true) continue;
    const maker = makerBehind(body, one.value, one.span.start);
    if (makes(maker)) return maker.span;
  }
  return undefined;
}

/** Whether a list is handed to something that might make its layers known, or goes on under another name. */
function isHandedOn(owner: tree.ClassDefinition, ...names: readonly string[]): boolean {
  let isHanded = false;
  const is = (node: tree.Expression): boolean =>
    names.includes(node.kind === 'Starred' ? node.value.span.text : node.span.text);
  eachNode(owner.body, (node) => {
    if (node.kind === 'Call' && !/^(len|enumerate|zip|range|reversed|print)$/.test(node.callee.span.text))
      isHanded ||= node.args.some(is) || node.keywords.some(({ value }) => is(value));
    if (node.kind === 'Assign' && is(node.value))
      isHanded ||= !/^self\.\w+$/.test(node.targets[0]?.span.text ?? '');
    if (node.kind === 'Return' && node.value !== undefined) isHanded ||= is(node.value);
    if (node.kind === 'Attribute' && /^(parameters|state_dict)$/.test(node.attribute))
      isHanded ||= !/^(self|super\(.*\))$/s.test(node.value.span.text);
  });
  return isHanded;
}

/** Whether its elements are called, as layers are: `self.layers[i](x)`, `for layer in self.layers: x = layer(x)`. */
function areCalled({ body }: tree.ClassDefinition, name: string): boolean {
  const elements = new Set<string>();
  const isGoneOver = ({ span }: tree.Expression): boolean =>
    new RegExp(
      String.raw`^(enumerate|zip|reversed)?\(?.*${name.replace('.', String.raw`\.`)}(\.(values|items)\(\))?\b`,
      's',
    ).test(span.text);
  eachNode(body, (node) => {
    if (node.kind === 'For' && isGoneOver(node.iterable))
      for (const one of namesIn(node.target)) elements.add(one);
    if ('clauses' in node)
      for (const { target, iterable } of node.clauses)
        if (isGoneOver(iterable)) for (const one of namesIn(target)) elements.add(one);
  });
  let areCalled = false;
  eachNode(body, (node) => {
    if (node.kind !== 'Call') return;
    const { callee } = node;
    areCalled ||= callee.kind === 'Subscript' && callee.value.span.text === name;
    areCalled ||= callee.kind === 'Name' && elements.has(callee.id) && node.args.length > 0;
  });
  return areCalled;
}

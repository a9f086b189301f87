import { ProgramModule } from '@tensormark/frameworks';
import type { Program, ProgramOptimizer } from '@tensormark/frameworks';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { modulesReached } from '../../ask/gradients.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { backwardsOf } from '../../ask/training.js';

/** A network called by the program itself that is trained by gradients alone, and no optimiser. */
export function forgotten(program: Program) {
  const { optimizers } = program;
  const [optimizer] = optimizers;
  if (optimizer === undefined) return undefined;
  if (optimizers.length === 1 && !optimizer.isComplete) return madeAgain(program, optimizer);
  if (optimizers.some(({ isComplete }) => !isComplete)) return undefined;
  if (
    eventsOf(program, 'step').some(
      ({ of }) => of === 'manual' || (of instanceof Object && of.kind !== 'optimizer'),
    )
  )
    return undefined;
  if (/add_param_group|from_pretrained|torch\.load|retain_graph/.test(program.source)) return undefined;
  // Gradients handed on by hand, as from a copy to what all copies share, are used.
  if (/\._?grad\s*=\s*(?!=|None)/.test(program.source)) return undefined;
  // A network that is given the weights of another is a copy of it, and need not learn by itself.
  const loaded = callsNamed(program, 'load_state_dict').map(({ args }) => args.positional[0]);
  if (loaded.some((one) => !(one instanceof ProgramModule))) return undefined;
  const copied = new Set(
    loaded.flatMap((one) => (one instanceof ProgramModule ? one.modules.map(({ module }) => module) : [])),
  );
  const given = new Set(optimizers.flatMap(({ parameters }) => [...parameters]));
  const ofModules = program.modules.some(({ parameters }) => parameters.some(({ id }) => given.has(id)));
  if (!ofModules) return undefined;
  const reached = new Set<ProgramModule>();
  for (const { on } of backwardsOf(program))
    if (on !== undefined) for (const one of modulesReached(on)) reached.add(one);
  const network = outermostCalls(program)
    .filter(({ moment }) => moment.gradients)
    .map(({ module }) => module)
    .find(
      (module) =>
        module.hasParameters &&
        !copied.has(module) &&
        !mayBeFixed(program, module) &&
        !isOnlyAsked(program, module) &&
        module.parameters.every(({ id, trainable }) => trainable && !given.has(id)) &&
        module.modules.some((inner) => reached.has(inner.module)),
    );
  // Of two that were given the same, the later one was meant for what is left out.
  const twin = optimizers.findLast((one, at) =>
    optimizers.slice(0, at).some((other) => areSame(one.parameters, other.parameters)),
  );
  return network === undefined ? undefined : { network, optimizer: twin ?? optimizer };
}

/**
 * A network of the class of the one whose parameters the optimiser has, made after it and trained instead: where the sizes of its
 * layers are not known, its parameters are not either.
 */
function madeAgain(program: Program, optimizer: ProgramOptimizer) {
  if (/add_param_group|load_state_dict|from_pretrained|torch\.load|deepcopy/.test(program.source))
    return undefined;
  const made = optimizer.made.at;
  const steps = eventsOf(program, 'step').filter(({ of }) => of === optimizer);
  const calls = outermostCalls(program).filter(({ moment }) => moment.gradients && moment.at > made);
  const network = calls
    .map(({ module }) => module)
    .find(
      (module) =>
        !module.isNative &&
        (module.made?.at ?? 0) > made &&
        module.made?.arm === undefined &&
        steps.some(({ moment }) => moment.at > (module.made?.at ?? 0)) &&
        formersOf(program, module, made).length > 0 &&
        calls.every((call) => !formersOf(program, module, made).includes(call.module)),
    );
  return network === undefined ? undefined : { network, optimizer };
}

/** Networks of the same class that were made before. */
function formersOf({ modules }: Program, { type }: ProgramModule, before: number): readonly ProgramModule[] {
  return modules.filter((one) => one.type === type && (one.made?.at ?? Infinity) < before);
}

/** A network whose weights are given, in a program that gives some, may be meant to stay as it is. */
function mayBeFixed({ source, file }: Program, { modules, span }: ProgramModule): boolean {
  if (!/pretrained|weights\s*=/.test(source)) return false;
  return span?.source.file !== file || modules.some(({ module }) => module.span?.source.file !== file);
}

/** Whether a network is put into the mode for asking, by itself or within another, and never into that for training. */
function isOnlyAsked(program: Program, network: ProgramModule): boolean {
  const modes = eventsOf(program, 'mode').filter(
    ({ of }) =>
      !(of instanceof ProgramModule) || of === network || of.modules.some(({ module }) => module === network),
  );
  return modes.length > 0 && modes.every(({ training }) => training !== true);
}

function areSame(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}

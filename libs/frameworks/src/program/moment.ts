import type { Span } from '@tensormark/python';

/** A loop of the program being run; the same loop entered again is another. */
export interface Loop {
  readonly id: number;
  readonly span: Span;
  /** `calls`: no loop that is written here, but a step of training that something else calls again and again. */
  readonly kind: 'for' | 'while' | 'calls';
  /** Whether it goes over a loader, and so its turns are batches. */
  overLoader: boolean;
  /** Turns that were run; a loop that is cut short stands for more. */
  turns: number;
  /** True when the loop was run fewer times than the program would. */
  cut: boolean;
}

/** One turn of a loop, inside that of the loop around it. */
export interface Turn {
  readonly loop: Loop;
  readonly index: number;
  readonly outer: Turn | undefined;
}

/** An arm of a condition that could not be decided: what happens in it may not happen. */
export interface Arm {
  readonly condition: Span;
  readonly holds: boolean;
  readonly outer: Arm | undefined;
}

/** A function of the program being run. */
export interface Activation {
  readonly id: number;
  readonly name: string;
  /** Where it was called; undefined for one that nothing calls and reading entered by itself. */
  readonly calledAt: Span | undefined;
  readonly outer: Activation | undefined;
}

/** When and where something happened. */
export interface Moment {
  /** Counts up through the run. */
  readonly at: number;
  readonly span: Span | undefined;
  readonly turn: Turn | undefined;
  readonly arm: Arm | undefined;
  readonly activation: Activation | undefined;
  /** Whether gradients are kept. */
  readonly gradients: boolean;
}

/** A moment outside every loop, condition and function. */
export function outsideAll(at: number, span: Span | undefined): Moment {
  return { at, span, turn: undefined, arm: undefined, activation: undefined, gradients: true };
}

/** The turns of a moment, innermost first. */
export function turnsOf(moment: Moment): Turn[] {
  const turns: Turn[] = [];
  for (let { turn } = moment; turn !== undefined; turn = turn.outer) turns.push(turn);
  return turns;
}

/** Whether it happens in that loop, on whatever turn. */
export function isInside(moment: Moment, loop: Loop): boolean {
  return turnsOf(moment).some((turn) => turn.loop === loop);
}

/** The turn of a loop that it happens in. */
export function turnIn(moment: Moment, loop: Loop): number | undefined {
  return turnsOf(moment).find((turn) => turn.loop === loop)?.index;
}

/** The conditions that are not known under which it happens, innermost first. */
export function armsOf(moment: Moment): Arm[] {
  const arms: Arm[] = [];
  for (let { arm } = moment; arm !== undefined; arm = arm.outer) arms.push(arm);
  return arms;
}

/** Whether it happens whatever conditions that are unknown turn out to be. */
export function isCertain(moment: Moment): boolean {
  return moment.arm === undefined;
}

/** Whether one happens whenever the other does: its unknown conditions are among the other's. */
export function holdsWith(moment: Moment, other: Moment): boolean {
  if (isCertain(moment)) return true;
  const others = armsOf(other);
  return armsOf(moment).every(({ condition, holds }) =>
    others.some((arm) => arm.condition === condition && arm.holds === holds),
  );
}

/** Whether it happens whenever the other does, which may not be known: then whatever conditions turn out to be. */
export function isCertainWith(moment: Moment, other: Moment | undefined): boolean {
  return other === undefined ? isCertain(moment) : holdsWith(moment, other);
}

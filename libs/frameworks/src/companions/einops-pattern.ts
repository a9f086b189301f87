/** One side of an einops pattern: groups of axes; what stands in no brackets is a group of one. */
export type Side = readonly (readonly string[])[];

export interface Pattern {
  readonly left: Side;
  readonly right: Side;
}

/** An ellipsis by itself stands for several groups; one in brackets joins its axes. */
const ELLIPSIS: readonly string[] = ['...'];

/** Reads `b (h p) -> b h p`; undefined where it is no pattern. */
export function readPattern(text: string): Pattern | undefined {
  const sides = text.split('->');
  const [left, right] = sides.map((side, at) => readSide(side, at));
  return sides.length === 2 && left !== undefined && right !== undefined ? { left, right } : undefined;
}

/** An axis given by its size alone has a name of its own each time, which says the size: `0.2#8` in `(h 8)`. */
function nameOf(token: string, side: number, at: number): string {
  return /^\d+$/.test(token) && token !== '1' ? `${side}.${at}#${token}` : token;
}

/** The size that an axis's name says, where it does. */
export function sizeInName(name: string): number | undefined {
  if (name === '1') return 1;
  const [, size] = /#(\d+)$/.exec(name) ?? [];
  return size === undefined ? undefined : Number(size);
}

function readSide(text: string, side: number): Side | undefined {
  const groups: (readonly string[])[] = [];
  let open: string[] | undefined;
  for (const [at, token] of (text.match(/\.\.\.|[()]|[A-Za-z_]\w*|\d+|\S/g) ?? []).entries()) {
    const name = nameOf(token, side, at);
    if (token === '(') {
      if (open !== undefined) return undefined;
      open = [];
    } else if (token === ')') {
      if (open === undefined) return undefined;
      groups.push(open);
      open = undefined;
    } else if (!/^(\.\.\.|[A-Za-z_]\w*|\d+)$/.test(token)) {
      return undefined;
    } else if (open === undefined) {
      groups.push(token === '...' ? ELLIPSIS : [name]);
    } else {
      open.push(name);
    }
  }
  return open === undefined ? groups : undefined;
}

/** Stands for the axes under an ellipsis: as many names as there are. */
function spreadEllipsis(side: Side, count: number): Side {
  const names = Array.from({ length: count }, (_, at) => `...${at}`);
  return side.flatMap((group) => {
    if (group === ELLIPSIS) return names.map((name) => [name]);
    return [group.flatMap((name) => (name === '...' ? names : [name]))];
  });
}

/** A pattern for a tensor of so many axes, its ellipsis spread out; undefined where it has another number of them. */
export function patternFor({ left, right }: Pattern, rank: number): Pattern | undefined {
  const hasEllipsis = left.some((group) => group.includes('...'));
  const extra = rank - (left.length - (hasEllipsis ? 1 : 0));
  if (extra < 0 || (!hasEllipsis && extra > 0)) return undefined;
  return { left: spreadEllipsis(left, extra), right: spreadEllipsis(right, extra) };
}

/** The size of every axis on the left; undefined with words on what does not fit. */
export function axisSizes(
  left: Side,
  shape: readonly number[],
  given: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> | string {
  const sizes = new Map(given);
  for (const [at, group] of left.entries()) {
    const whole = shape[at] ?? 1;
    const open = group.filter((name) => sizeInName(name) === undefined && !sizes.has(name));
    const known = group.reduce((total, name) => total * (sizeInName(name) ?? sizes.get(name) ?? 1), 1);
    const [only] = open;
    if (open.length > 1) return `Could not infer sizes for ${open.join(', ')}`;
    if (only === undefined) {
      if (known !== whole) return `Shape mismatch, ${whole} != ${known}`;
    } else {
      if (known === 0 || whole % known !== 0)
        return `Shape mismatch, can't divide axis of length ${whole} in chunks of ${known}`;
      sizes.set(only, whole / known);
    }
  }
  return sizes;
}

import { isCalculation, numericLeaves, type Rational } from '@tensormark/arithmetic';
import { exact } from '../exact.js';
import type { Asked, Reference } from '../reference/reference.js';
import { Affinities } from './affinity.js';
import type { Claim } from './claim.js';
import { FollowThrough } from './follow.js';
import { expectedValues, hits } from './hits.js';
import { LayersNamed } from './layers-named.js';
import { listedWith } from './listed.js';
import { answersInOrder } from './in-order.js';
import { answersInPassing, isGuess, TELLING } from './mentions.js';
import type { Matching, Outcome, Slip } from './outcome.js';
import { differencesFrom, slipsBehind } from './misread-form.js';
import { ownValuesOf } from './own-values.js';
import { isKnown, rivalOf } from './rivals.js';
import { channelsBeside, givesAllButChannels } from './shape-in-words.js';
import { readingsIn } from './units.js';
import { inPart, seenFor, wrongNumber, type Standing } from './wrong-number.js';

/** The outcome of each thing asked under one reference: what is right first, then what follows, then what is wrong. */
export function matchUnder(
  reference: Reference,
  claims: readonly Claim[],
): Pick<Matching, 'outcomes' | 'slips'> {
  const matching = new MatchUnder(reference, claims);
  return { outcomes: matching.outcomes(), slips: matching.slips };
}

const FEWEST_FOR_A_FORM = 3;

class MatchUnder implements Standing {
  private readonly found = new Map<string, Outcome>();
  private readonly taken = new Set<Claim>();
  readonly slips: Slip[] = [];
  private readonly doubtful = new Map<string, Outcome>();
  private readonly layers: LayersNamed;
  private readonly asked: readonly Asked[];
  readonly affinities: Affinities;

  constructor(
    readonly reference: Reference,
    readonly claims: readonly Claim[],
  ) {
    this.asked = [...reference.asked.values()];
    this.affinities = new Affinities(reference, claims);
    this.layers = LayersNamed.of(reference);
  }

  outcomes(): ReadonlyMap<string, Outcome> {
    for (const asked of this.asked) {
      const outcome = this.correct(asked);
      if (outcome?.kind === 'correct' && this.isDoubtful(asked, outcome))
        this.doubtful.set(asked.id, outcome);
      else this.settle(asked, outcome);
    }
    this.settleInPassing();
    this.settleInOrder();
    for (const asked of this.asked) {
      const outcome = this.isOpen(asked) ? this.method(asked) : undefined;
      if (outcome !== undefined && this.isSurerThanDoubt(asked, outcome)) this.settle(asked, outcome);
    }
    this.slips.push(...this.layers.ownValues(this.claims.filter((claim) => !this.taken.has(claim))));
    for (const asked of this.inOrderOfDependence()) {
      if (!this.isOpen(asked)) continue;
      this.settle(
        asked,
        this.following(asked) ??
          this.doubtful.get(asked.id) ??
          this.misread(asked) ??
          this.wrong(asked) ?? { kind: 'not-found', seen: seenFor(asked, this) },
      );
    }
    return new Map(this.asked.map(({ id }) => [id, this.found.get(id) ?? { kind: 'not-found', seen: null }]));
  }

  private isOpen({ id }: Asked): boolean {
    return !this.found.has(id);
  }

  /** A right number without a name, where the working names another that an equation gives. */
  private isDoubtful(asked: Asked, { claim, rival }: Extract<Outcome, { kind: 'correct' }>): boolean {
    return rival !== null && rival.equation !== null && this.score(asked, claim) <= 0;
  }

  private isSurerThanDoubt(asked: Asked, outcome: Outcome): boolean {
    if (!this.doubtful.has(asked.id)) return true;
    return outcome.kind === 'method' && this.score(asked, outcome.claim) > 0;
  }

  /** Each number settled makes plainer what the others are for. */
  private settleInPassing(): void {
    for (let before = -1; before !== this.found.size;) {
      before = this.found.size;
      for (const asked of this.asked) if (this.isOpen(asked)) this.settle(asked, this.inPassing(asked));
    }
  }

  /** `loss 1, derivative 6, w 1.4`: as many numbers as things asked and nothing else, each right in its place. */
  private settleInOrder(): void {
    for (const { asked, claim } of answersInOrder(this)) {
      if (this.isOpen(asked))
        this.settle(asked, {
          kind: 'correct',
          claim,
          support: 'stated-only',
          rounded: false,
          rival: rivalOf(asked, claim, this),
        });
    }
  }

  private settle(asked: Asked, outcome: Outcome | undefined): void {
    if (outcome === undefined) return;
    this.found.set(asked.id, outcome);
    if (outcome.kind === 'not-found') return;
    this.taken.add(outcome.claim);
    this.slips.push(...ownValuesOf(asked, outcome, this));
  }

  private inOrderOfDependence(): readonly Asked[] {
    const place = new Map([...this.reference.nodes.keys()].map((id, at) => [id, at]));
    const last = ({ nodes }: Asked): number => Math.max(...nodes.map((id) => place.get(id) ?? 0));
    return this.asked.toSorted((a, b) => last(a) - last(b));
  }

  private expected(asked: Asked): readonly Rational[] {
    return expectedValues(this.reference, asked);
  }

  /** Whether the words beside a number keep it for something else, asked or not. */
  isAnothers(asked: Asked, claim: Claim): boolean {
    return (
      this.affinities.isPlainlyAnothers(asked, claim, this.asked) !== undefined ||
      this.layers.namesAnother(asked, claim)
    );
  }

  /** Whether the words speak of this more than of anything else that is still open. */
  prefers(asked: Asked, claim: Claim): boolean {
    return this.affinities.prefers(asked, claim, (id) => {
      const outcome = this.found.get(id);
      return outcome?.kind === 'correct' && outcome.claim !== claim;
    });
  }

  private score(asked: Asked, claim: Claim): number {
    return this.affinities.of(asked, claim).score;
  }

  /** Free claims, and such as are taken though their words name this too. */
  private open(asked: Asked): readonly Claim[] {
    return this.claims.filter((claim) => !this.taken.has(claim) || this.score(asked, claim) > 0);
  }

  private mostFitting(asked: Asked, found: readonly Claim[]): Claim | undefined {
    return found.toSorted(
      (a, b) =>
        Number(this.taken.has(a)) - Number(this.taken.has(b)) ||
        this.score(asked, b) - this.score(asked, a) ||
        Number(isSupported(b)) - Number(isSupported(a)) ||
        a.order - b.order,
    )[0];
  }

  private correct(asked: Asked): Outcome | undefined {
    const expected = this.expected(asked);
    const giving: Claim[] = [];
    const exactly: Claim[] = [];
    for (const claim of this.open(asked)) {
      const hit = claim.role === 'result' ? hits(this.reference, asked, claim, expected) : undefined;
      if (hit === undefined || this.isAnothers(asked, claim) || this.isOneOfARow(asked, claim)) continue;
      giving.push(claim);
      if (hit === 'exact') exactly.push(claim);
    }
    const claim = this.mostFitting(asked, exactly.length > 0 ? exactly : giving);
    if (claim === undefined) return this.separately(asked) ?? this.withChannelsInWords(asked);
    // A number that stands alone is supported by a calculation that gives it elsewhere.
    const supported = giving.some(
      (each) =>
        isSupported(each) && (each === claim || !this.taken.has(each)) && this.score(asked, each) >= 0,
    );
    return {
      kind: 'correct',
      claim,
      support:
        supported || isSupported(claim)
          ? 'calculation'
          : claim.verdict === 'false'
            ? 'contradicted'
            : 'stated-only',
      rounded: exactly.length === 0,
      rival: rivalOf(asked, claim, this),
    };
  }

  /** `10, 12, 4`: a small number in a row without words is met by chance, unless the whole row answers in order. */
  private isOneOfARow(asked: Asked, claim: Claim): boolean {
    return (
      claim.sizes === null &&
      claim.value.compare(TELLING) < 0 &&
      this.score(asked, claim) <= 0 &&
      listedWith(claim, this.claims).length > 1
    );
  }

  /** A right number that only a sentence gives. */
  private inPassing(asked: Asked): Outcome | undefined {
    const expected = this.expected(asked);
    const claim = this.mostFitting(
      asked,
      this.claims.filter(
        (each) =>
          !this.taken.has(each) &&
          hits(this.reference, asked, each, expected) === 'exact' &&
          !this.isAnothers(asked, each) &&
          answersInPassing(this.reference, asked, each, {
            score: this.score(asked, each),
            preferred: this.prefers(asked, each),
            counted: this.affinities.countsIt(asked, each) || this.layers.isCalled(asked, each),
            guessed: isGuess(this.reference, this.asked, listedWith(each, this.claims)),
          }),
      ),
    );
    return (
      claim && {
        kind: 'correct',
        claim,
        support: 'stated-only',
        rounded: false,
        rival: rivalOf(asked, claim, this),
      }
    );
  }

  /** The numbers of a list, each given by itself. */
  private separately(asked: Asked): Outcome | undefined {
    if (asked.form !== 'vector' || asked.nodes.length < 2) return undefined;
    const used = new Set<Claim>();
    for (const value of this.expected(asked)) {
      const claim = this.claims.find(
        (each) =>
          !used.has(each) &&
          each.role !== 'calculation' &&
          hits(this.reference, { ...asked, form: 'number' }, each, [value]) !== undefined,
      );
      if (claim !== undefined) used.add(claim);
    }
    const last = [...used].at(-1);
    if (last === undefined) return undefined;
    if (used.size < asked.nodes.length)
      return { kind: 'in-part', claim: last, right: used.size, of: asked.nodes.length };
    const support = [...used].every(isSupported) ? 'calculation' : 'stated-only';
    return { kind: 'correct', claim: last, support, rounded: false, rival: null };
  }

  /** A shape whose channels are told beside it. */
  private withChannelsInWords(asked: Asked): Outcome | undefined {
    const expected = this.expected(asked);
    const claim = this.mostFitting(
      asked,
      this.claims.filter(
        (each) =>
          givesAllButChannels(asked, each, expected) &&
          !this.isAnothers(asked, each) &&
          channelsBeside(each, this.claims, expected) !== undefined,
      ),
    );
    return claim && { kind: 'correct', claim, support: 'stated-only', rounded: false, rival: null };
  }

  private method(asked: Asked): Outcome | undefined {
    const expected = this.expected(asked);
    const claim = this.mostFitting(
      asked,
      this.claims.filter(
        (each) =>
          !this.isAnothers(asked, each) &&
          ((isFreeCalculation(each, this.taken) &&
            hits(this.reference, asked, each, expected) === 'exact' &&
            !this.isNearAlone(asked, each, expected)) ||
            (asked.form === 'number' && !this.taken.has(each) && isProductOf(each, expected[0]))),
      ),
    );
    if (claim === undefined) return undefined;
    const result = this.resultOf(claim) ?? this.besides(asked, claim);
    // The result may have answered something else of the same value.
    return result !== null &&
      result.verdict !== 'false' &&
      hits(this.reference, asked, result, expected) === 'exact'
      ? { kind: 'correct', claim: result, support: 'calculation', rounded: false, rival: null }
      : { kind: 'method', claim, result, from: [] };
  }

  /** Whether a calculation is only near what is expected, and has a result of its own by which it is judged. */
  private isNearAlone(asked: Asked, claim: Claim, expected: readonly Rational[]): boolean {
    return (
      claim.verdict !== 'false' &&
      this.resultOf(claim) !== null &&
      !readingsIn(this.reference, asked, claim).some((value) => expected.some((each) => each.equals(value)))
    );
  }

  private resultOf(calculation: Claim): Claim | null {
    if (calculation.equation === null) return null;
    return (
      this.claims.findLast(
        (each) => each !== calculation && each.role === 'result' && each.equation === calculation.equation,
      ) ?? null
    );
  }

  /** `64 times 10, 640`: the value of a calculation, next to it without a sign between them. */
  private besides(asked: Asked, calculation: Claim): Claim | null {
    const next = this.claims[calculation.order + 1];
    return next !== undefined &&
      calculation.equation === null &&
      next.role !== 'calculation' &&
      next.line === calculation.line &&
      !this.taken.has(next) &&
      hits(this.reference, asked, next, this.expected(asked)) === 'exact'
      ? next
      : null;
  }

  private following(asked: Asked): Outcome | undefined {
    if (!asked.follow || this.slips.length === 0) return undefined;
    const open = this.open(asked).filter((claim) => !this.isAnothers(asked, claim));
    for (const { values, from } of FollowThrough.of(this.reference).carried(asked.nodes, this.slips)) {
      const carrying = open.filter((claim) => {
        if (from.some((slip) => slip.claim === claim || isTrivial(slip, claim))) return false;
        const hit = hits(this.reference, asked, claim, values);
        return hit === 'exact' || (hit === 'rounded' && claim.role === 'result' && isSupported(claim));
      });
      const result = this.mostFitting(
        asked,
        carrying.filter(({ role, verdict }) => role === 'result' && verdict !== 'false'),
      );
      if (result !== undefined) return { kind: 'follows', claim: result, from };
      const calculation = this.mostFitting(
        asked,
        carrying.filter((claim) => isFreeCalculation(claim, this.taken)),
      );
      if (calculation !== undefined)
        return { kind: 'method', claim: calculation, result: this.resultOf(calculation), from };
    }
    return undefined;
  }

  /** The right form with a number or two that are not the question's. */
  private misread(asked: Asked): Outcome | undefined {
    if (asked.form !== 'number') return undefined;
    const node = this.reference.nodes.get(asked.nodes[0]);
    if (node === undefined || node.measure === 'expression') return undefined;
    const candidates = this.claims.filter(
      (claim) =>
        isCalculation(claim.expression) &&
        claim.sizes === null &&
        !this.taken.has(claim) &&
        !this.isAnothers(asked, claim) &&
        (!isKnown(this.reference, claim) ||
          (!this.isStepOf(asked, claim) &&
            this.affinities.of(asked, claim).direct &&
            this.prefers(asked, claim))),
    );
    const isNamed = this.claims.some((claim) => !this.taken.has(claim) && this.prefers(asked, claim));
    for (const claim of candidates) {
      const named = this.prefers(asked, claim);
      // Few numbers without a name have the form of many formulas.
      if (
        !named &&
        (isNamed ||
          this.score(asked, claim) < 0 ||
          numericLeaves(claim.expression).length < FEWEST_FOR_A_FORM)
      )
        continue;
      const differences = differencesFrom(this.reference, node, claim);
      if (differences === undefined || differences.length === 0 || (differences.length > 1 && !named))
        continue;
      const result = this.resultOf(claim);
      const from = slipsBehind(this.reference, differences, this.slips);
      if (from !== undefined && asked.follow)
        return result === null || claim.verdict === 'false'
          ? { kind: 'method', claim, result, from }
          : { kind: 'follows', claim: result, from };
      return { kind: 'misread', claim, result, differences };
    }
    return undefined;
  }

  /** Whether a number lies on the way to what is asked, within the same layer: its weights without the biases. */
  private isStepOf({ nodes }: Asked, { value }: Claim): boolean {
    const of = this.reference.nodes.get(nodes[0])?.of;
    return [...this.reference.nodes.values()].some(
      (node) => node.of === of && exact(node.value).equals(value),
    );
  }

  private wrong(asked: Asked): Outcome | undefined {
    return inPart(asked, this) ?? wrongNumber(asked, this);
  }

  isTaken(claim: Claim): boolean {
    return this.taken.has(claim);
  }

  isSettledElsewhere({ id }: Asked, claim: Claim): boolean {
    const outcome = this.found.get(id);
    return outcome?.kind === 'correct' && outcome.claim !== claim;
  }
}

/** `64*8*8` that is read as a size, and is the calculation of this number. */
function isProductOf({ expression, sizes }: Claim, wanted: Rational | undefined): boolean {
  if (sizes === null || sizes.length < 2 || wanted === undefined || expression.kind !== 'product')
    return false;
  return sizes.reduce((product, size) => product.times(size)).equals(wanted);
}

function isSupported({ equation, verdict }: Claim): boolean {
  return equation !== null && verdict !== 'false' && verdict !== 'not-understood';
}

function isFreeCalculation(claim: Claim, taken: ReadonlySet<Claim>): boolean {
  return claim.role === 'calculation' && isCalculation(claim.expression) && !taken.has(claim);
}

/** Carrying on a zero, or repeating a number where nothing is worked out with it, shows nothing. */
function isTrivial(slip: Slip, claim: Claim): boolean {
  return slip.value.isZero || (slip.value.equals(claim.value) && claim.equation === null);
}

import { isCertain, turnIn, turnsOf } from '@tensormark/frameworks';
import type {
  BackwardRan,
  GradientsZeroed,
  Loop,
  Moment,
  OptimizerStepped,
  Program,
} from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { mayBeComputedElsewhere } from '../../ask/left-to-others.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf, mayReach, onePerLoop, trainingLoops, zeroingFor } from '../../ask/training.js';

type Part = BackwardRan | GradientsZeroed | OptimizerStepped;

export const order: Check = {
  id: 'order',
  title: 'Gradients are set to zero between backward() and step()',
  severity: 'warning',
  why: 'The step then finds no gradients, so nothing is learned.',
  instead: 'Keep the order zero_grad(), backward(), step() within each batch.',
  needs:
    'A loop in which, going round, zero_grad() always comes between backward() and step(), under no condition.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.zero_grad()  # <--
        optimizer.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        optimizer.step()  # <--
        loss.backward()
`,
    `${PRELUDE}
for i, (inputs, labels) in enumerate(loader):
    optimizer.zero_grad()  # <--
    loss = criterion(model(inputs), labels) / 4
    loss.backward()
    if (i + 1) % 4 == 0:
        optimizer.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
    optimizer.step()  # <--
`,
    `${PRELUDE}
for turn in range(1000):
    inputs, labels = torch.randn(32, 20), torch.randint(0, 3, (32,))
    loss = criterion(model(inputs), labels)
    optimizer.zero_grad()
    loss.backward()
optimizer.step()  # <--
`,
  ],
  right: [
    `${PRELUDE}
from somewhere import learn_from
other = nn.Linear(20, 3)
second = torch.optim.SGD(other.parameters(), lr=0.1)
for inputs, labels in loader:
    first_loss = criterion(model(inputs), labels)
    loss = criterion(other(model(inputs)), labels) if inputs.ndim > 2 else criterion(other(inputs), labels)
    optimizer.zero_grad()
    learn_from(first_loss)
    optimizer.step()
    second.zero_grad()
    loss.backward()
    second.step()
`,
    `${PRELUDE}
for epoch in range(10):
    optimizer.zero_grad()
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels) / len(loader)
        loss.backward()
    optimizer.step()
`,
    `
def train(generator, critic, g_optimizer, c_optimizer, loader):
    for i, real in enumerate(loader):
        c_optimizer.zero_grad()
        fake = generator(torch.randn(8, 16))
        c_loss = critic(fake.detach()).mean() - critic(real).mean()
        c_loss.backward()
        c_optimizer.step()
        g_optimizer.zero_grad()
        if i % 5 == 0:
            g_loss = -critic(fake).mean()
            g_loss.backward()
            g_optimizer.step()
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
`,
    `
def train(generator, discriminator, g_optimizer, d_optimizer, loader):
    for real in loader:
        d_optimizer.zero_grad()
        fake = generator(torch.randn(8, 16))
        d_loss = discriminator(fake.detach()).mean() - discriminator(real).mean()
        d_loss.backward()
        d_optimizer.step()
        g_optimizer.zero_grad()
        g_loss = -discriminator(fake).mean()
        g_loss.backward()
        g_optimizer.step()
`,
  ],
  *run(program) {
    yield* steppedAfterAll(program);
    for (const { loop, backwards, steps } of onePerLoop(trainingLoops(program))) {
      for (const step of steps) {
        const { of } = step;
        if (of === 'manual' || step.closure) continue;
        const zeroing = zeroingFor(program, loop, of);
        const early = zeroedEachTurn(loop, step, backwards, zeroing);
        if (early?.moment.span !== undefined) {
          yield {
            at: early.moment.span,
            message:
              'Gradients are set to zero in every turn, and a step is taken only in some: those of the others are lost.',
            evidence: [places(['the step is taken', step.moment.span])],
          };
          break;
        }
        const lost = zeroedInside(loop, step, backwards, zeroing);
        if (lost !== undefined && step.moment.span !== undefined) {
          yield {
            at: step.moment.span,
            message:
              'The step is taken after the loop over batches, in which gradients are set to zero for each: it follows the last batch alone.',
            evidence: [places(['gradients are set to zero', lost.moment.span])],
          };
          break;
        }
        if (turnIn(step.moment, loop) !== 0) continue;
        const parts: Part[] = [...backwards.filter((event) => mayReach(event, of)), ...zeroing];
        if (!parts.some(({ kind }) => kind === 'backward')) continue;
        if (parts.some(({ moment }) => !isCertain(moment)) || !isCertain(step.moment)) continue;
        const before = lastBefore(
          step,
          parts.filter(({ moment }) => turnIn(moment, loop) === 0),
        );
        if (before?.kind !== 'zero-grad') continue;
        const cameFirst = before.moment.at < step.moment.at;
        const backward = parts.find(({ kind }) => kind === 'backward');
        const stepsFirst = backward !== undefined && backward.moment.at > step.moment.at;
        const at = stepsFirst || !cameFirst ? step.moment.span : before.moment.span;
        if (at === undefined || mayBeComputedElsewhere(program, loop, backwards)) continue;
        yield {
          at,
          message: stepsFirst
            ? 'The step is taken before backward() has computed the gradients of this batch, and those of the last are gone.'
            : 'Gradients are set to zero after backward() and before the step that should use them.',
          evidence: [
            places(
              ['gradients are computed', backward?.moment.span],
              ['gradients are set to zero', before.moment.span],
              ['the step is taken', step.moment.span],
            ),
          ],
        };
        break;
      }
    }
  },
};

/** The only step, under no loop, after one that computes gradients and sets them to zero in each of its turns. */
function* steppedAfterAll(program: Program): Generator<Found> {
  const steps = eventsOf(program, 'step');
  const [step] = steps;
  if (step === undefined || steps.length > 1 || step.of === 'manual' || step.closure) return;
  const { of, moment } = step;
  if (turnsOf(moment).length > 0 || !isCertain(moment) || moment.span === undefined) return;
  const inner = backwardsOf(program).findLast(
    (event) => isCertain(event.moment) && event.moment.at < moment.at && mayReach(event, of),
  );
  const loop = inner && turnsOf(inner.moment)[0]?.loop;
  // Gradients that are read may be what the loop is for.
  if (loop === undefined || /\.grad\b/.test(loop.span.text)) return;
  const zeroing = zeroingFor(program, loop, of).find((event) => isCertain(event.moment));
  if (zeroing === undefined || inner?.moment.activation !== moment.activation) return;
  yield {
    at: moment.span,
    message:
      'The step is taken once, after the loop in which gradients are set to zero in every turn: nothing is learned of all turns but the last.',
    evidence: [places(['gradients are set to zero', zeroing.moment.span], ['the loop', loop.span])],
  };
}

/** A step after an inner loop that computes gradients and sets them to zero in each of its turns. */
function zeroedInside(
  loop: Loop,
  { moment, of }: OptimizerStepped,
  backwards: readonly BackwardRan[],
  zeroing: readonly GradientsZeroed[],
): GradientsZeroed | undefined {
  if (of === 'manual' || turnsOf(moment)[0]?.loop !== loop || !isCertain(moment)) return undefined;
  const inner = backwards
    .filter((event) => isCertain(event.moment) && event.moment.at < moment.at)
    .findLast((event) => mayReach(event, of));
  const turn = inner && turnsOf(inner.moment)[0];
  if (turn === undefined || turn.loop === loop || !turn.loop.overLoader) return undefined;
  return zeroing.find((event) => isCertain(event.moment) && turnsOf(event.moment)[0]?.loop === turn.loop);
}

/** Gradients are gathered over several turns, by a condition on their count, and yet set to zero in each of them. */
function zeroedEachTurn(
  loop: Loop,
  { moment, of }: OptimizerStepped,
  backwards: readonly BackwardRan[],
  zeroing: readonly GradientsZeroed[],
): GradientsZeroed | undefined {
  if (of === 'manual' || !/%/.test(moment.arm?.condition.text ?? '') || moment.arm?.outer !== undefined)
    return undefined;
  const isInEach = (other: Moment): boolean =>
    isCertain(other) && turnsOf(other)[0]?.loop === loop && turnIn(other, loop) === turnIn(moment, loop);
  // What is computed under the same condition is what the step is taken of.
  if (backwards.some((event) => event.moment.arm?.condition === moment.arm?.condition)) return undefined;
  const backward = backwards.find((event) => mayReach(event, of) && isInEach(event.moment));
  return backward && zeroing.find((event) => isInEach(event.moment));
}

/** Going back from the step, round the turn of the loop, the first of the others that is met. */
function lastBefore(step: OptimizerStepped, parts: readonly Part[]): Part | undefined {
  const ordered = parts.toSorted((a, b) => a.moment.at - b.moment.at);
  return ordered.findLast(({ moment }) => moment.at < step.moment.at) ?? ordered.at(-1);
}

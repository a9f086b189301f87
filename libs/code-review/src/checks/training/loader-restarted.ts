import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, holds } from '../../ask/tree.js';
import { writtenBatchLoops } from '../../ask/written-kinds.js';

const LOOP = (taken: string): string => `
def train(net, train_loader, valid_loader, optimizer, criterion):
    for x, y in train_loader:
        ${taken}
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
`;

export const loaderRestarted: Check = {
  id: 'loader-restarted',
  title: 'A loader is started again in the loop over it',
  severity: 'warning',
  why: 'next(iter(loader)) begins anew each time: it gives a first batch, in place of the one that the loop has just been given, and starts its workers again.',
  instead: 'Use the batch that the loop gives; or make the iterator once, before the loop.',
  needs: 'next(iter(…)) of the very loader that the loop around it goes over.',
  wrong: [LOOP('x, y = next(iter(train_loader))  # <--')],
  right: [LOOP('held_x, held_y = next(iter(valid_loader))'), LOOP('print(len(train_loader))')],
  *run(program) {
    if (!/next\(\s*iter\(/.test(program.source)) return;
    for (const { loop, loader } of writtenBatchLoops(program))
      for (const call of callsOf(program)) {
        const [iterator] = call.args;
        if (call.callee.span.text !== 'next' || iterator?.kind !== 'Call') continue;
        const [of] = iterator.args;
        if (iterator.callee.span.text !== 'iter' || of?.span.text !== loader.span.text) continue;
        const isInside = loop.body.some(({ span }) => holds(span, call.span));
        if (
          !isInside ||
          functionsAround(program, call.span).at(-1) !== functionsAround(program, loop.span).at(-1)
        )
          continue;
        yield {
          at: call.span,
          message: `${loader.span.text} is started again here for each batch of the loop over it, and gives its first batch anew.`,
          evidence: [places(['the loop', loop.iterable.span])],
        };
      }
  },
};

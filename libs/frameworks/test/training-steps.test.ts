import { describe, expect, it } from '@jest/globals';
import { openProgramReader, turnsOf } from '@tensormark/frameworks';

const reader = openProgramReader();

/** For each backward of a program: the kind and number of turns of the loop that it is in. */
const backwards = (source: string): readonly string[] =>
  reader.read(source).events.flatMap((event) => {
    if (event.kind !== 'backward') return [];
    const [turn] = turnsOf(event.moment);
    return [turn === undefined ? 'once' : `${turn.loop.kind}, turn ${turn.index}`];
  });

const TWICE = ['calls, turn 0', 'calls, turn 1'];

describe('steps of training that something else repeats', () => {
  it('function-handed-to-an-unknown-engine', () => {
    const source = `
import torch
from engines import Engine
def main(batches):
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    def learn_from(engine, batch):
        optimizer.zero_grad()
        net(batch).mean().backward()
        optimizer.step()
    Engine(learn_from).run(batches)
`;
    expect(backwards(source)).toEqual(TWICE);
  });

  it('method-that-only-a-later-turn-would-call', () => {
    const source = `
import torch
class Agent:
    def __init__(self):
        self.net, self.seen = torch.nn.Linear(4, 2), 0
        self.optimizer = torch.optim.Adam(self.net.parameters())
    def learn(self, batch):
        self.optimizer.zero_grad()
        loss = self.net(batch).pow(2).mean()
        self._apply(loss)
    def _apply(self, loss):
        loss.backward()
        self.optimizer.step()
agent = Agent()
for state in world:
    agent.seen += 1
    if agent.seen > 2000:
        agent.learn(state)
`;
    expect(backwards(source)).toEqual(TWICE);
  });

  it('function-with-a-loop-of-its-own', () => {
    const source = `
import torch
def train(net, optimizer, loader):
    for batch in loader:
        optimizer.zero_grad()
        net(batch).mean().backward()
        optimizer.step()
`;
    expect(backwards(source)).toEqual(['for, turn 0', 'for, turn 1']);
  });

  it('test-that-takes-one-step', () => {
    const source = `
import torch
def test_weights_move():
    net = torch.nn.Linear(4, 1)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()
`;
    expect(backwards(source)).toEqual(['once']);
  });

  it('step-of-an-environment-is-none-of-an-optimiser', () => {
    const source = `
from worlds import make_world
def play(agent):
    env = make_world()
    for _ in range(9):
        state, reward, done, _ = env.step(agent.choose())
`;
    expect(reader.read(source).events.filter(({ kind }) => kind === 'step')).toEqual([]);
  });
});

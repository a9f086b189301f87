import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const UPDATE = (actions: string): string => `
import torch
import torch.nn.functional as F

def update(actor, critic, slow_actor, slow_critic, actor_steps, critic_steps, batch, gamma=0.99):
    states, actions, rewards, following, done = batch
    with torch.no_grad():
        goal = rewards + gamma * (1 - done) * slow_critic(following, slow_actor(following))
    critic_loss = F.mse_loss(critic(states, actions), goal)
    critic_steps.zero_grad()
    critic_loss.backward()
    critic_steps.step()
    actor_loss = -critic(states, ${actions}).mean()
    actor_steps.zero_grad()
    actor_loss.backward()
    actor_steps.step()
`;

export const actorUnasked: Check = {
  id: 'actor-unasked',
  title: 'The loss of a policy in which the policy has no part',
  severity: 'warning',
  why: 'What the critic says of actions that were taken once, and are kept, has no gradient to the policy: it stays as it is, step by step.',
  instead: 'Ask the critic about what the policy does now: -critic(states, actor(states)).mean().',
  needs:
    'A loss called that of an actor or policy, the mean of what a critic says of actions taken from a batch, learned from in a function where no policy gives them.',
  wrong: [UPDATE('actions').replace('actions).mean()', 'actions).mean()  # <--')],
  right: [UPDATE('actor(states)')],
  *run(program) {
    if (!/critic|\bq\w*\(/i.test(program.source) || !/actor|policy/i.test(program.source)) return;
    for (const owner of nodesOf(program, 'FunctionDef')) {
      const body = statementsIn(owner.body);
      for (const one of body) {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || !/^(actor|policy|pi)_?loss$/i.test(name)) continue;
        const judged =
          /^-\s*(?:torch\.mean\()?([\w.]*(?:critic|q)\w*)\(\s*(\w+)\s*,\s*(\w+)\s*\)\)?(?:\.mean\(\))?$/i.exec(
            one.value.span.text,
          );
        const actions = judged?.[3];
        if (actions === undefined) continue;
        const given = body.filter((other) => targetsOf(other).includes(actions));
        const [from] = given;
        // Unpacked from a batch, and given nothing else.
        if (given.length !== 1 || from?.kind !== 'Assign' || from.targets[0]?.kind !== 'Tuple') continue;
        if (!/^[\w.]+$|sample\(/.test(from.value.span.text) || /actor|policy/i.test(from.value.span.text))
          continue;
        if (!body.some(({ span }) => span.text === `${name}.backward()`)) continue;
        yield {
          at: one.span,
          message: `${actions} come from the batch: nothing of this loss depends on the policy.`,
          evidence: [places(['the actions', from.span])],
        };
      }
    }
  },
};

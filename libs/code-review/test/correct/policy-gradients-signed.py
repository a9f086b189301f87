"""Policy gradients with the minus in the returns, in the loss, and in the step; a critic beside the actor."""
import torch
import torch.nn as nn
from torch.distributions import Categorical

actor = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 2))
critic = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 1))
actor_steps = torch.optim.Adam(actor.parameters(), lr=3e-4)
critic_steps = torch.optim.Adam(critic.parameters(), lr=1e-3)


def update(states, actions, returns):
    values = critic(states).squeeze(-1)
    shortfall = values.detach() - returns
    chances = Categorical(logits=actor(states))
    actor_loss = (chances.log_prob(actions) * shortfall).mean()
    actor_steps.zero_grad()
    actor_loss.backward()
    actor_steps.step()
    critic_loss = nn.functional.mse_loss(values, returns)
    critic_steps.zero_grad()
    critic_loss.backward()
    critic_steps.step()


def update_plain(states, actions, returns):
    chances = Categorical(logits=actor(states))
    log_probs = chances.log_prob(actions)
    gain = (log_probs * returns).mean()
    loss = -gain
    actor_steps.zero_grad()
    loss.backward()
    actor_steps.step()

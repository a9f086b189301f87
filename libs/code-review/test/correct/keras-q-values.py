import random
from collections import deque

import gym
import numpy as np
from keras.layers import Dense
from keras.models import Sequential
from keras.optimizers import Adam


class Agent:
    def __init__(self, states, actions):
        self.actions = actions
        self.memory = deque(maxlen=2000)
        self.gamma = 0.95
        self.model = Sequential()
        self.model.add(Dense(24, input_dim=states, activation="relu"))
        self.model.add(Dense(24, activation="relu"))
        self.model.add(Dense(actions, activation="linear"))
        self.model.compile(loss="mse", optimizer=Adam(lr=0.001))

    def act(self, state):
        return np.argmax(self.model.predict(state)[0])

    def replay(self, size):
        for state, action, reward, following, done in random.sample(self.memory, size):
            target = reward
            if not done:
                target = reward + self.gamma * np.amax(self.model.predict(following)[0])
            values = self.model.predict(state)
            values[0][action] = target
            self.model.fit(state, values, epochs=1, verbose=0)


env = gym.make("CartPole-v1")
agent = Agent(4, 2)
for episode in range(200):
    state = env.reset()
    for step in range(500):
        action = agent.act(state.reshape(1, 4))
        following, reward, done, _ = env.step(action)
        agent.memory.append((state, action, reward, following, done))
        state = following
        if done:
            break
    if len(agent.memory) > 32:
        agent.replay(32)

import torch.nn as nn
from tracking.base import OutputHandler, WeightsHandler


class Drawing:
    def __init__(self, shown=False):
        self.windows = {}
        self.shown = shown

    def draw(self, engine, key, value):
        self.windows.setdefault(key, []).append((engine.state.iteration, value))


class Outputs(OutputHandler, Drawing):
    def __init__(self, tag, names=None, transform=None, shown=False):
        super(Outputs, self).__init__(tag, names, transform)
        Drawing.__init__(self, shown)

    def __call__(self, engine, logger, event):
        for key, value in self._figures(engine, logger, event).items():
            self.draw(engine, key, value)


class Weights(WeightsHandler, Drawing):
    def __init__(self, model, reduce=None, tag=None, shown=False):
        super(Weights, self).__init__(model, reduce, tag=tag)
        Drawing.__init__(self, shown)


net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
handlers = [Outputs("training", ["loss"]), Weights(net, tag="weights")]

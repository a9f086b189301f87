import { defineClass, defineModule, PyObject } from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';

/**
 * `torch.distributions` as far as networks use it: what is drawn and what is told of it are tensors of the right shapes, made by
 * the operations that PyTorch makes them by. Written in Python, as PyTorch's own is.
 */
const SOURCE = `
import math
import torch
from torch import nn
from torch.nn import functional as F


def _as_tensors(*values):
    known = [value for value in values if isinstance(value, torch.Tensor)]
    like = known[0] if known else torch.zeros(())
    given = [value if isinstance(value, torch.Tensor) else torch.as_tensor(value, dtype=like.dtype) for value in values]
    return torch.broadcast_tensors(*given)


class Distribution(_Open):
    has_rsample = False
    event_shape = torch.Size()
    arg_constraints = {}

    def __init__(self, batch_shape=torch.Size(), event_shape=torch.Size(), validate_args=None):
        self.batch_shape = torch.Size(batch_shape)
        self.event_shape = torch.Size(event_shape)

    @staticmethod
    def set_default_validate_args(value):
        pass

    def _extended_shape(self, sample_shape=torch.Size()):
        return torch.Size(tuple(sample_shape) + tuple(self.batch_shape) + tuple(self.event_shape))

    def rsample(self, sample_shape=torch.Size()):
        raise NotImplementedError

    def sample(self, sample_shape=torch.Size()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def sample_n(self, n):
        return self.sample((n,))

    @property
    def stddev(self):
        return self.variance.sqrt()

    def perplexity(self):
        return torch.exp(self.entropy())


class Normal(Distribution):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _as_tensors(loc, scale)
        super().__init__(self.loc.size())

    @property
    def mean(self):
        return self.loc

    mode = mean

    @property
    def variance(self):
        return self.scale.pow(2)

    @property
    def stddev(self):
        return self.scale

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        return self.loc + torch.randn(shape, dtype=self.loc.dtype, device=self.loc.device) * self.scale

    def log_prob(self, value):
        return -((value - self.loc) ** 2) / (2 * self.variance) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)

    def cdf(self, value):
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))


class LogNormal(Normal):
    def rsample(self, sample_shape=torch.Size()):
        return super().rsample(sample_shape).exp()

    def log_prob(self, value):
        return super().log_prob(value.log()) - value.log()


class Laplace(Normal):
    pass


class Uniform(Distribution):
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _as_tensors(low, high)
        super().__init__(self.low.size())

    @property
    def mean(self):
        return (self.high + self.low) / 2

    @property
    def variance(self):
        return (self.high - self.low).pow(2) / 12

    def rsample(self, sample_shape=torch.Size()):
        shape = self._extended_shape(sample_shape)
        return self.low + torch.rand(shape, dtype=self.low.dtype, device=self.low.device) * (self.high - self.low)

    def log_prob(self, value):
        return torch.log(torch.ones_like(value)) - torch.log(self.high - self.low)

    def entropy(self):
        return torch.log(self.high - self.low)


class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if _lacks(probs) == _lacks(logits):
            raise ValueError('Either \`probs\` or \`logits\` must be specified, but not both.')
        given = logits if _lacks(probs) else probs
        if given.dim() < 1:
            raise ValueError(('\`logits\`' if _lacks(probs) else '\`probs\`') + ' parameter must be at least one-dimensional.')
        if _lacks(probs):
            self.logits = logits - logits.logsumexp(dim=-1, keepdim=True)
            self.probs = F.softmax(self.logits, dim=-1)
        else:
            self.probs = probs / probs.sum(-1, keepdim=True)
            self.logits = torch.log(self.probs)
        self._num_events = given.size(-1)
        super().__init__(given.size()[:-1])

    @property
    def param_shape(self):
        return self.probs.size()

    @property
    def mode(self):
        return self.probs.argmax(axis=-1)

    def sample(self, sample_shape=torch.Size()):
        count = torch.Size(sample_shape).numel()
        drawn = torch.multinomial(self.probs.reshape(-1, self._num_events), count, True).T
        return drawn.reshape(self._extended_shape(sample_shape))

    def log_prob(self, value):
        index = value.long().unsqueeze(-1)
        shape = torch.broadcast_shapes(index.shape[:-1], self.logits.shape[:-1])
        index = index.expand(tuple(shape) + (1,))
        return self.logits.expand(tuple(shape) + (self._num_events,)).gather(-1, index).squeeze(-1)

    def entropy(self):
        return -(self.logits * self.probs).sum(-1)


class OneHotCategorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self._categorical = Categorical(probs, logits)
        self.probs, self.logits = self._categorical.probs, self._categorical.logits
        super().__init__(self.probs.size()[:-1], self.probs.size()[-1:])

    def sample(self, sample_shape=torch.Size()):
        return F.one_hot(self._categorical.sample(sample_shape), self.event_shape[0]).to(self.probs)

    def log_prob(self, value):
        return self._categorical.log_prob(value.max(-1)[1])

    def entropy(self):
        return self._categorical.entropy()


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        if _lacks(probs) == _lacks(logits):
            raise ValueError('Either \`probs\` or \`logits\` must be specified, but not both.')
        given, = _as_tensors(logits if _lacks(probs) else probs)
        self.probs = torch.sigmoid(given) if _lacks(probs) else given
        self.logits = given if _lacks(probs) else torch.log(given) - torch.log1p(-given)
        super().__init__(given.size())

    @property
    def mean(self):
        return self.probs

    @property
    def variance(self):
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape=torch.Size()):
        return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        logits, value = torch.broadcast_tensors(self.logits, value)
        return -F.binary_cross_entropy_with_logits(logits, value, reduction='none')

    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction='none')


class MultivariateNormal(Distribution):
    has_rsample = True

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        matrix = next(each for each in (covariance_matrix, scale_tril, precision_matrix) if not _lacks(each))
        batch_shape = torch.broadcast_shapes(matrix.shape[:-2], loc.shape[:-1])
        self.loc = loc.expand(tuple(batch_shape) + (-1,))
        self._matrix = matrix
        super().__init__(batch_shape, self.loc.shape[-1:])

    @property
    def mean(self):
        return self.loc

    def rsample(self, sample_shape=torch.Size()):
        noise = torch.randn(self._extended_shape(sample_shape), dtype=self.loc.dtype, device=self.loc.device)
        return self.loc + torch.matmul(self._matrix, noise.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        away = value - self.loc
        return -0.5 * torch.matmul(self._matrix, away.unsqueeze(-1)).squeeze(-1).pow(2).sum(-1)

    def entropy(self):
        return torch.zeros(self.batch_shape)


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        self.base_dist = base_distribution
        self.reinterpreted_batch_ndims = reinterpreted_batch_ndims
        shape = tuple(base_distribution.batch_shape) + tuple(base_distribution.event_shape)
        kept = len(base_distribution.batch_shape) - reinterpreted_batch_ndims
        super().__init__(shape[:kept], shape[kept:])

    @property
    def mean(self):
        return self.base_dist.mean

    @property
    def variance(self):
        return self.base_dist.variance

    def sample(self, sample_shape=torch.Size()):
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape=torch.Size()):
        return self.base_dist.rsample(sample_shape)

    def _summed(self, value):
        for _ in range(self.reinterpreted_batch_ndims):
            value = value.sum(-1)
        return value

    def log_prob(self, value):
        return self._summed(self.base_dist.log_prob(value))

    def entropy(self):
        return self._summed(self.base_dist.entropy())


def kl_divergence(p, q):
    if isinstance(p, Independent):
        return p._summed(kl_divergence(p.base_dist, q.base_dist))
    if isinstance(p, Normal):
        ratio = (p.scale / q.scale).pow(2)
        return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())
    if isinstance(p, Categorical):
        return (p.probs * (p.logits - q.logits)).sum(-1)
    if isinstance(p, Bernoulli):
        return p.probs * (p.logits - q.logits) + F.softplus(q.logits) - F.softplus(p.logits)
    return torch.zeros(p.batch_shape)
`;

const FILES = ['normal', 'categorical', 'bernoulli', 'uniform', 'kl', 'distribution', 'independent'];

/** What distributions have besides, each in its own way. */
const openClass = defineClass({
  name: '_Open',
  module: 'torch.distributions.distribution',
  payload: PyObject,
  unfollowed:
    'cdf covariance_matrix enumerate_support expand has_enumerate_support icdf mean mode param_shape precision_matrix ' +
    'scale_tril support variance',
});

export const distributions: readonly NativeModule[] = [
  defineModule({
    name: 'torch.distributions',
    source: SOURCE,
    missing: 'unknown',
    // Of two arguments the one that is given counts, be it known or not.
    classes: [openClass],
    functions: { '_lacks(value)': (_rt, value) => value === null },
    unknowns: 'accept',
  }),
  ...FILES.map((file) =>
    defineModule({
      name: `torch.distributions.${file}`,
      source: 'from torch.distributions import *\n',
      missing: 'unknown',
    }),
  ),
];

import { defineModule } from '../../native/modules.js';

export const statistics = defineModule({
  name: 'statistics',
  source: `
import math
from fractions import Fraction

class StatisticsError(ValueError):
    pass

def _exact(data, least):
    values = list(data)
    if len(values) < least:
        raise StatisticsError('not enough data points')
    return values

def _result(value, data):
    if any(isinstance(item, float) for item in data):
        return float(value)
    return int(value) if value == int(value) else float(value)

def mean(data):
    values = _exact(data, 1)
    return _result(sum(map(Fraction, values)) / len(values), values)

def fmean(data, weights=None):
    values = _exact(data, 1)
    if weights is not None:
        shares = list(weights)
        return math.fsum(value * share for value, share in zip(values, shares)) / math.fsum(shares)
    return math.fsum(values) / len(values)

def median(data):
    values = sorted(_exact(data, 1))
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2

def median_low(data):
    values = sorted(_exact(data, 1))
    return values[(len(values) - 1) // 2]

def median_high(data):
    values = sorted(_exact(data, 1))
    return values[len(values) // 2]

def multimode(data):
    counts = {}
    for item in data:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return [item for item, count in counts.items() if count == most]

def mode(data):
    modes = multimode(_exact(data, 1))
    return modes[0]

def _squares(values, centre):
    middle = sum(map(Fraction, values)) / len(values) if centre is None else Fraction(centre)
    return sum((Fraction(value) - middle) ** 2 for value in values)

def pvariance(data, mu=None):
    values = _exact(data, 1)
    return _result(_squares(values, mu) / len(values), values)

def variance(data, xbar=None):
    values = _exact(data, 2)
    return _result(_squares(values, xbar) / (len(values) - 1), values)

def pstdev(data, mu=None):
    return math.sqrt(pvariance(data, mu))

def stdev(data, xbar=None):
    return math.sqrt(variance(data, xbar))
`,
});

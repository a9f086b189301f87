import { defineModule } from '../../native/modules.js';

export const fractions = defineModule({
  name: 'fractions',
  source: `
import math

class Fraction:
    __slots__ = ('numerator', 'denominator')

    def __new__(cls, numerator=0, denominator=1, *, _normalize=True):
        self = super().__new__(cls)
        if isinstance(numerator, str):
            numerator, denominator = cls._parsed(numerator)
        elif isinstance(numerator, float):
            numerator, denominator = numerator.as_integer_ratio()
        elif isinstance(numerator, Fraction) or isinstance(denominator, Fraction):
            top, bottom = _ratio(numerator), _ratio(denominator)
            numerator, denominator = top[0] * bottom[1], top[1] * bottom[0]
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        shared = math.gcd(numerator, denominator) * (-1 if denominator < 0 else 1) if _normalize else 1
        self.numerator = numerator // shared
        self.denominator = denominator // shared
        return self

    @staticmethod
    def _parsed(text):
        try:
            if '/' in text:
                top, bottom = text.split('/')
                return int(top), int(bottom)
            whole, _, decimals = text.strip().partition('.')
            return int((whole + decimals) or 'x'), 10 ** len(decimals)
        except ValueError:
            raise ValueError(f'Invalid literal for Fraction: {text!r}') from None

    def __repr__(self):
        return f'Fraction({self.numerator}, {self.denominator})'

    def __str__(self):
        return str(self.numerator) if self.denominator == 1 else f'{self.numerator}/{self.denominator}'

    def _with(self, other, combine, floats):
        if isinstance(other, float):
            return floats(float(self), other)
        pair = _ratio(other)
        if pair is None:
            return NotImplemented
        return combine(self.numerator, self.denominator, *pair)

    def __add__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(a * d + c * b, b * d), lambda x, y: x + y)

    __radd__ = __add__

    def __sub__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(a * d - c * b, b * d), lambda x, y: x - y)

    def __rsub__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(c * b - a * d, b * d), lambda x, y: y - x)

    def __mul__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(a * c, b * d), lambda x, y: x * y)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(a * d, b * c), lambda x, y: x / y)

    def __rtruediv__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction(c * b, a * d), lambda x, y: y / x)

    def __floordiv__(self, other):
        return self._with(other, lambda a, b, c, d: (a * d) // (b * c), lambda x, y: x // y)

    def __mod__(self, other):
        return self._with(other, lambda a, b, c, d: Fraction((a * d) % (c * b), b * d), lambda x, y: x % y)

    def __pow__(self, power):
        if not isinstance(power, int):
            return float(self) ** float(power)
        if power >= 0:
            return Fraction(self.numerator ** power, self.denominator ** power)
        return Fraction(self.denominator ** -power, self.numerator ** -power)

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __pos__(self):
        return self

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __eq__(self, other):
        return self._with(other, lambda a, b, c, d: a * d == c * b, lambda x, y: x == y)

    def __lt__(self, other):
        return self._with(other, lambda a, b, c, d: a * d < c * b, lambda x, y: x < y)

    def __le__(self, other):
        return self._with(other, lambda a, b, c, d: a * d <= c * b, lambda x, y: x <= y)

    def __gt__(self, other):
        return self._with(other, lambda a, b, c, d: a * d > c * b, lambda x, y: x > y)

    def __ge__(self, other):
        return self._with(other, lambda a, b, c, d: a * d >= c * b, lambda x, y: x >= y)

    def __hash__(self):
        return hash(self.numerator) if self.denominator == 1 else hash((self.numerator, self.denominator))

    def __bool__(self):
        return self.numerator != 0

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return self.numerator // self.denominator if self.numerator >= 0 else -(-self.numerator // self.denominator)

    __trunc__ = __int__

    def __floor__(self):
        return self.numerator // self.denominator

    def __ceil__(self):
        return -(-self.numerator // self.denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self.numerator, self.denominator)
            twice = 2 * rest
            up = twice > self.denominator or (twice == self.denominator and floor % 2 == 1)
            return floor + 1 if up else floor
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def limit_denominator(self, max_denominator=1000000):
        if self.denominator <= max_denominator:
            return self
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            if q0 + a * q1 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q0 + a * q1
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        near, far = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return far if abs(far - self) <= abs(near - self) else near


def _ratio(value):
    if isinstance(value, (int, Fraction)):
        return value.numerator, value.denominator
    return None
`,
});

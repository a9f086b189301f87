import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

/** What CPython 3.11 has and takes, whether it is followed here or not. */
describe('what objects of the standard library have is no missing attribute', () => {
  it.each([
    [
      'handlers',
      'import logging\nh = logging.FileHandler("a")\nx = h.formatter, h.level, h.baseFilename, h.stream',
    ],
    ['handler-by-name', 'import logging\nlogging.getLogger().addHandler(hdlr=logging.StreamHandler())'],
    ['formatters', 'import logging\nx = logging.Formatter("%(message)s").format(None)'],
    ['streams', 'import sys\nx = sys.stdout.buffer, sys.stdout.name, sys.stdin'],
    ['modules-within', 'import collections\nx = collections.abc.Mapping'],
    ['text-of-bytes', 'import io\nx = io.TextIOWrapper(io.BytesIO(b"a")).read()'],
    ['templates', 'import string\nx = string.Template("$a").get_identifiers()'],
    ['pretty-by-place', 'import pprint\nx = pprint.pformat({"a": 1}, 2, 40)'],
  ])('%s', (_name, source) => {
    const python = new Interpreter();
    expect(python.runModule(source, 'program.py').kind).toBe('finished');
    expect(python.errors).toEqual([]);
  });

  it('gives what CPython gives', () => {
    const python = new Interpreter();
    python.runModule(
      'import io, os, statistics\n' +
        'b = io.BytesIO(initial_bytes=b"abcd")\nbuffer = bytearray(3)\n' +
        'print(b.read1(1), b.readinto(buffer), buffer, io.StringIO(initial_value="a").read(), io.StringIO().encoding)\n' +
        'print(os.environ.get(key="NOT_SET_HERE", default="b"), statistics.fmean([1, 3], weights=[3, 1]))',
      'program.py',
    );
    expect(python.output).toBe("b'a' 3 bytearray(b'bcd') a None\nb 1.5\n");
  });
});

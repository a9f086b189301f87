import { defineModule } from '../../native/modules.js';

/** Text and bytes in memory; nothing here reaches a file. */
export const io = defineModule({
  name: 'io',
  source: `
class _Buffer:
    _empty = ''

    def _start(self, initial):
        self._data = self._empty if initial is None else initial
        self._position = 0
        self.closed = False

    def write(self, data):
        head = self._data[:self._position]
        tail = self._data[self._position + len(data):]
        self._data = head + data + tail
        self._position += len(data)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._position + size
        data = self._data[self._position:end]
        self._position += len(data)
        return data

    def readline(self, size=-1):
        end = self._data.find(self._line_end, self._position)
        return self.read((end + 1 if end >= 0 else len(self._data)) - self._position)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def getvalue(self):
        return self._data

    def seek(self, position, whence=0):
        self._position = position + (self._position if whence == 1 else len(self._data) if whence == 2 else 0)
        return self._position

    def tell(self):
        return self._position

    def truncate(self, size=None):
        self._data = self._data[:self._position if size is None else size]

    def flush(self):
        pass

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class StringIO(_Buffer):
    _line_end = '\\n'
    encoding = errors = newlines = None
    line_buffering = False

    def __init__(self, initial_value='', newline='\\n'):
        self._start(initial_value)

    def write(self, data):
        if not isinstance(data, str):
            raise TypeError(f"string argument expected, got '{type(data).__name__}'")
        return super().write(data)


class BytesIO(_Buffer):
    _empty = b''
    _line_end = b'\\n'

    def __init__(self, initial_bytes=b''):
        self._start(initial_bytes)

    def read1(self, size=-1):
        return self.read(size)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    readinto1 = readinto

    def getbuffer(self):
        return self._data


open = open
`,
});

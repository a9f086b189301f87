import { written, type OtherQuestion } from '../other-subjects/written.js';

/**
 * Frozen, and written before the scorer was improved on the other two sets: nothing is fitted on it, no threshold or word list was
 * chosen by it, and its answers are not looked at one by one. It tells only how good the scorer is.
 */
export const UNSEEN: readonly OtherQuestion[] = [
  written(
    'unseen/melting',
    'Ice cubes of the same size are put on a metal plate and on a wooden plate. The ones on metal melt first. Why?',
    ['Metal conducts heat to the ice faster than wood does.'],
    [
      [5, 'correct', 'Because metal conducts heat faster than wood.'],
      [5, 'correct', 'metal is a better conductor of heat so the ice gets warm faster than on wood'],
      [4.5, 'correct', 'The heat goes through metal to the ice more quickly than it goes through wood.'],
      [3, 'partial', 'Metal conducts heat.'],
      [2, 'partial', 'Wood is an insulator.'],
      [0, 'contradictory', 'Wood conducts heat to the ice faster than metal.'],
      [0, 'contradictory', 'Metal conducts heat slower than wood does, so the ice stays cold.'],
      [0, 'irrelevant', 'The metal is colder than the wood.'],
      [0, 'irrelevant', 'The ice cubes on the metal plate melt first.'],
      [0, 'irrelevant', 'they are the same size so they melt'],
      [0, 'non-domain', 'idk'],
    ],
  ),
  written(
    'unseen/seeds',
    'A seed was planted in a dark cupboard and came up yellow. Another one stood on the window sill and came up green. Explain the difference.',
    [
      'Without light the plant cannot make chlorophyll, the green substance in its leaves.',
      'Plants need light to make the chlorophyll that makes them green.',
    ],
    [
      [5, 'correct', 'The plant in the dark could not make chlorophyll because there was no light.'],
      [5, 'correct', 'Plants need sunlight to make chlorophyll which makes them green.'],
      [
        5,
        'correct',
        'chlorophyl is the green stuff in leaves and the plant in the cupboard can not make it without any light',
      ],
      [3, 'partial', 'Because the plant had no light.'],
      [2, 'partial', 'the green one has chlorophyll'],
      [0, 'contradictory', 'The plant makes chlorophyll only when there is no light.'],
      [0, 'contradictory', 'Plants do not need light to make chlorophyll.'],
      [0, 'irrelevant', 'One seed was in a cupboard and came up yellow and the other one came up green.'],
      [0, 'irrelevant', 'It did not get enough water and died.'],
      [4.5, 'correct', 'In the dark no chlorophyll is produced by the plant, so it is not green.'],
      [0, 'non-domain', 'yellow is my favorite color'],
    ],
  ),
  written(
    'unseen/switch',
    'A lamp has a switch. Why is the lamp off while the switch is open?',
    ['An open switch breaks the circuit, so no current flows through the lamp.'],
    [
      [5, 'correct', 'The open switch breaks the circuit and no current can flow through the lamp.'],
      [5, 'correct', 'because there is a gap in the circuit when the switch is open and current cannot flow'],
      [5, 'correct', 'If the switch is open the circuit is incomplete, so the lamp gets no current.'],
      [3, 'partial', 'the circuit is broken'],
      [3, 'partial', 'There is no current.'],
      [0, 'contradictory', 'An open switch completes the circuit, so current flows through the lamp.'],
      [0, 'contradictory', 'because the open switch lets the current flow through the lamp'],
      [0, 'irrelevant', 'the lamp is off because the switch is open'],
      [0, 'irrelevant', 'The lamp needs a new battery.'],
      [4.5, 'correct', 'the electricity has no closed loop to flow in, the open switch interrupts it'],
      [0, 'non-domain', 'hello'],
    ],
  ),
  written(
    'unseen/hashing',
    'What is a collision in a hash table, and name one way to handle it.',
    [
      'A collision occurs when two keys hash to the same slot; it can be handled by chaining, where each slot holds a linked list.',
    ],
    [
      [
        5,
        'correct',
        'A collision is when two keys are hashed to the same slot. It can be handled with chaining, a linked list for every slot.',
      ],
      [
        5,
        'correct',
        'Two different keys get the same hash value and so the same position. One can keep a list of entries at each position (chaining).',
      ],
      [
        4.5,
        'correct',
        'When two keys map to the same bucket. Each bucket then holds a linked list of all keys that fell into it.',
      ],
      [3, 'partial', 'A collision happens when two keys hash to the same slot.'],
      [2, 'partial', 'You can use chaining.'],
      [
        0.5,
        'contradictory',
        'A collision occurs when two keys hash to different slots, and chaining makes a linked list for each slot.',
      ],
      [1, 'contradictory', 'A collision never occurs when two keys hash to the same slot.'],
      [0, 'irrelevant', 'A hash table gives access in constant time on average.'],
      [0, 'irrelevant', 'A collision in a hash table has to be handled in some way.'],
      [0, 'irrelevant', 'A good hash function is quick to compute.'],
      [0, 'non-domain', '???'],
    ],
  ),
  written(
    'unseen/pass-by',
    'What happens to an argument that is passed by value when the function changes its parameter?',
    ['The function works on a copy, so the variable of the caller is not changed.'],
    [
      [5, 'correct', "The function gets a copy, so the caller's variable does not change."],
      [5, 'correct', 'Nothing happens to the original variable because only a copy is modified.'],
      [5, 'correct', 'The original stays unchanged since the function only works with a copy of it.'],
      [3, 'partial', 'A copy is made.'],
      [3, 'partial', 'The variable in the caller is not changed.'],
      [0, 'contradictory', 'The function works on the original, so the variable of the caller is changed.'],
      [
        0,
        'contradictory',
        'The variable of the caller is changed because the function does not work on a copy.',
      ],
      [0, 'irrelevant', 'The argument is passed by value to the parameter of the function.'],
      [0, 'irrelevant', 'Functions can return a value.'],
      [4.5, 'correct', 'No effect on the argument outside; the callee modifies its own local copy.'],
      [0, 'irrelevant', 'it depends on the compiler'],
    ],
  ),
  written(
    'unseen/heap',
    'Where is the largest element of a max-heap, and what does it cost to remove it?',
    [
      'The largest element is at the root, and removing it takes O(log n) because the heap has to be restored along one path.',
    ],
    [
      [
        5,
        'correct',
        'It is at the root. Removing it costs O(log n) since the heap property has to be restored along a path from the root down.',
      ],
      [
        5,
        'correct',
        'The maximum is the root, and deletion takes log n time as the heap must be repaired on one path.',
      ],
      [3, 'partial', 'The largest element is at the root.'],
      [2, 'partial', 'It costs O(log n).'],
      [1, 'contradictory', 'The largest element is at a leaf, and removing it takes O(log n).'],
      [
        1.5,
        'contradictory',
        'The smallest element is at the root, and removing it takes O(log n) because the heap has to be restored along one path.',
      ],
      [0, 'irrelevant', 'A heap is stored in an array.'],
      [0, 'irrelevant', 'The largest element of a max-heap has a cost when it is removed.'],
      [
        4.5,
        'correct',
        'On top (root). After taking it out the last element is moved up and sifted down one path, thus logarithmic time.',
      ],
      [0, 'irrelevant', 'Heap sort takes n log n.'],
      [0, 'non-domain', 'pass'],
    ],
  ),
  written(
    'unseen/flow-control',
    'What is the purpose of flow control in TCP, and which field of the header serves it?',
    [
      'Flow control keeps a fast sender from overrunning a slow receiver; the receiver tells its free buffer space in the window field.',
    ],
    [
      [
        5,
        'correct',
        'Flow control prevents a fast sender from overwhelming a slow receiver. The window field of the header tells how much buffer space the receiver has left.',
      ],
      [
        5,
        'correct',
        'It makes sure that the sender does not send more than the receiver can take. For this the receiver advertises the free space of its buffer in the window field.',
      ],
      [3, 'partial', 'It keeps the sender from sending too fast for the receiver.'],
      [3, 'partial', 'The window field tells the free buffer space.'],
      [
        0,
        'contradictory',
        'Flow control keeps a fast receiver from overrunning a slow sender; the sender tells its buffer space in the window field.',
      ],
      [
        1.5,
        'contradictory',
        'Flow control lets the sender overrun the receiver, whose buffer space is never told.',
      ],
      [0.5, 'irrelevant', 'Flow control keeps the network from getting congested.'],
      [0, 'irrelevant', 'The purpose of flow control in TCP is served by a field of the header.'],
      [0, 'irrelevant', 'The TCP header has 20 bytes and contains port numbers and a checksum.'],
      [
        5,
        'correct',
        'TCP is a byte stream protocol. [[Its flow control avoids that the buffer of the receiver overflows when the sender is faster; the free space is announced in the receive window field.]]',
      ],
      [0, 'non-domain', '.'],
    ],
  ),
  written(
    'unseen/virtual-memory',
    'What is a page fault, and what does the operating system do about it?',
    [
      'A page fault happens when a program accesses a page that is not in main memory; the operating system loads the page from disk and repeats the instruction.',
    ],
    [
      [
        5,
        'correct',
        'A page fault occurs if the accessed page is not in main memory. The OS loads it from disk and the instruction is executed again.',
      ],
      [
        5,
        'correct',
        'When a process touches a page which is not present in RAM, the operating system fetches it from the disk and restarts the instruction.',
      ],
      [
        4.5,
        'correct',
        'It is raised when the page needed is not in physical memory. The OS brings the page in from secondary storage and then the program continues with the same instruction.',
      ],
      [3, 'partial', 'A page fault happens when a page is not in memory.'],
      [2.5, 'partial', 'The operating system loads the page from disk.'],
      [
        0.5,
        'contradictory',
        'A page fault happens when a program accesses a page that is already in main memory.',
      ],
      [
        1,
        'contradictory',
        'A page fault happens when a program accesses a page that is not on disk; the operating system loads the page from main memory.',
      ],
      [0, 'irrelevant', 'Pages have a fixed size, usually 4 KiB.'],
      [0, 'irrelevant', 'A page fault is something that the operating system does something about.'],
      [0, 'irrelevant', 'It is an error in the program and the program is killed.'],
      [0, 'non-domain', 'never heard of it'],
    ],
  ),
];

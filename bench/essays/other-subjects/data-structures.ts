import { written, type OtherQuestion } from './written.js';

/** A first course on programming and data structures. */
export const DATA_STRUCTURES: readonly OtherQuestion[] = [
  written(
    'data-structures/stack',
    'How does a stack differ from a queue?',
    [
      'A stack removes the element that was added last, while a queue removes the element that was added first.',
    ],
    [
      [
        5,
        'correct',
        'In a stack the last element added is the first removed, in a queue the first one added is removed first.',
      ],
      [5, 'correct', 'A stack is LIFO and a queue is FIFO.'],
      [
        5,
        'correct',
        'Stacks take out the most recently inserted item; queues take out the item that has been waiting the longest.',
      ],
      [3, 'partial', 'A stack removes the element which was added last.'],
      [2, 'partial', 'They remove elements in a different order.'],
      [
        0,
        'contradictory',
        'A stack removes the element that was added first, while a queue removes the element that was added last.',
      ],
      [0, 'contradictory', 'A queue is last in first out and a stack is first in first out.'],
      [0, 'irrelevant', 'A stack can be implemented with an array and a queue with a linked list.'],
      [1, 'irrelevant', 'You push and pop on a stack but enqueue and dequeue on a queue.'],
      [
        4.5,
        'correct',
        'Both hold elements. [[With a stack you get back the one that was put in last, but with a queue the one that was put in first.]]',
      ],
      [0, 'non-domain', 'not sure'],
      [0, 'irrelevant', 'A stack and a queue are both data structures for storing elements.'],
    ],
  ),
  written(
    'data-structures/linked-list',
    'What is the main advantage of a linked list over an array?',
    ['A linked list can grow and shrink at run time, whereas the size of an array is fixed.'],
    [
      [5, 'correct', 'Linked lists can grow dynamically while the size of an array is fixed.'],
      [
        5,
        'correct',
        'The size of a linked list can change while the program runs, an array has a fixed size.',
      ],
      [4.5, 'correct', 'it is not limited to a fixed size, nodes can be added or removed at runtime'],
      [3.5, 'partial', 'A linked list can be of variable length.'],
      [3, 'partial', 'Elements can be inserted in the middle without moving the others.'],
      [
        0,
        'contradictory',
        'The size of a linked list is fixed, whereas an array can grow and shrink at run time.',
      ],
      [0.5, 'contradictory', 'A linked list cannot grow or shrink at run time like an array does.'],
      [1, 'irrelevant', 'A linked list has nodes with pointers.'],
      [0.5, 'irrelevant', 'You can access any element of a linked list directly by its index.'],
      [2, 'irrelevant', 'It uses memory better.'],
      [
        5,
        'correct',
        'Arrays have a size that is set when they are declared, but linked lists may become larger or smaller when the program is executing.',
      ],
      [0, 'irrelevant', 'Arrays are faster.'],
    ],
  ),
  written(
    'data-structures/base-case',
    'Why does a recursive function need a base case?',
    ['Without a base case the function would call itself for ever and the call stack would overflow.'],
    [
      [5, 'correct', 'Without one it would call itself forever until the stack overflows.'],
      [
        5,
        'correct',
        'The base case stops the recursion; otherwise the function calls itself endlessly and there is a stack overflow.',
      ],
      [4.5, 'correct', 'so that it does not keep calling itself infinitely and run out of stack space'],
      [3.5, 'partial', 'To stop the recursion.'],
      [3, 'partial', 'Otherwise it is an infinite loop.'],
      [0, 'contradictory', 'With a base case the function would call itself forever and overflow the stack.'],
      [
        0,
        'contradictory',
        'A base case makes the function call itself again so that the recursion goes on for ever.',
      ],
      [1, 'irrelevant', 'The base case is the smallest problem, like n = 0.'],
      [0, 'irrelevant', 'A recursive function calls itself with a base case.'],
      [0, 'irrelevant', 'Recursion is more elegant than iteration but slower.'],
      [5, 'correct', 'If there is no base case the recursive calls never end and the call stack gets full.'],
      [0, 'non-domain', 'skip'],
    ],
  ),
  written(
    'data-structures/binary-search',
    'What must hold for the input of a binary search, and how many comparisons does it take for n elements?',
    [
      'The input has to be sorted, and it takes at most about log n comparisons because each one halves what is left to search.',
    ],
    [
      [
        5,
        'correct',
        'The array must be sorted. It needs about log n comparisons since every comparison halves the remaining part.',
      ],
      [
        5,
        'correct',
        'It has to be in sorted order, and O(log n) comparisons are needed as half of the elements are discarded each time.',
      ],
      [3, 'partial', 'The input must be sorted.'],
      [2.5, 'partial', 'it takes log n comparisons'],
      [
        1,
        'contradictory',
        'The input does not have to be sorted, and it takes log n comparisons because each one halves what is left.',
      ],
      [
        1.5,
        'contradictory',
        'The input must be sorted and it takes n comparisons because each element is compared.',
      ],
      [0, 'contradictory', 'The input has to be unsorted and it takes n squared comparisons.'],
      [0, 'irrelevant', 'Binary search compares the middle element with the key.'],
      [0, 'irrelevant', 'The number of comparisons depends on the n elements of the input.'],
      [
        5,
        'correct',
        'sorted input; at most log2(n) comparisons because the search space gets cut in half in each step',
      ],
      [0, 'irrelevant', 'It uses ones and zeros.'],
      [
        4.5,
        'correct',
        'First, the data needs to be ordered. Then the number of comparisons is logarithmic in n because we throw away half of it each time.',
      ],
    ],
  ),
];

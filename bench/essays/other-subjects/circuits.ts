import { written, type OtherQuestion } from './written.js';

/** Circuits of batteries, bulbs and switches, as typed to a tutor. */
export const CIRCUITS: readonly OtherQuestion[] = [
  written(
    'circuits/series-bulb',
    'Bulbs A and B are in series with a battery. Bulb A burns out. What happens to bulb B, and why?',
    [
      'Bulb B goes out because there is no longer a closed path containing both bulb B and the battery.',
      'B turns off since the burned out bulb leaves a gap in the only path.',
    ],
    [
      [5, 'correct', 'bulb b goes out because it is no longer in a closed path with the battery'],
      [5, 'correct', 'B will also go out. when A burns out it makes a gap in the circuit.'],
      [5, 'correct', 'it turns off since the path to the battery is now open'],
      [2, 'partial', 'b goes out'],
      [3, 'partial', 'There is a gap at bulb a.'],
      [0, 'contradictory', 'bulb b stays on because it is still in a closed path with the battery'],
      [
        0,
        'contradictory',
        'Bulb B does not go out because there is still a closed path containing the bulb and the battery.',
      ],
      [0, 'contradictory', 'b gets brighter because it gets all the battery now'],
      [0, 'irrelevant', 'bulb A burns out'],
      [0, 'irrelevant', 'The bulbs are in series with a battery.'],
      [0, 'non-domain', 'help'],
      [5, 'correct', 'It goes dark as the broken bulb leaves an open gap in the single path.'],
    ],
  ),
  written(
    'circuits/voltage',
    'A voltmeter between terminal 1 and the positive terminal of the battery shows 0 V. What does that tell you about terminal 1?',
    [
      'Terminal 1 is connected to the positive battery terminal.',
      'There is no gap between terminal 1 and the positive terminal.',
    ],
    [
      [5, 'correct', 'terminal 1 is connected to the positive battery terminal'],
      [5, 'correct', 'it is connected to the positive terminal'],
      [5, 'correct', 'There is no gap between terminal 1 and the positive side.'],
      [3, 'partial', 'terminal 1 is connected'],
      [3, 'partial', 'it is connected to the battery'],
      [0, 'contradictory', 'terminal 1 is connected to the negative battery terminal'],
      [0, 'contradictory', 'Terminal 1 is not connected to the positive battery terminal.'],
      [0, 'contradictory', 'terminal 1 is separated by a gap from the positive terminal'],
      [0, 'contradictory', 'there is a gap between terminal 1 and the positive terminal'],
      [0, 'irrelevant', 'the voltmeter reads zero volts'],
      [1, 'irrelevant', 'the battery is dead'],
      [5, 'correct', 'terminal 1 and the positive terminal are connected'],
    ],
  ),
  written(
    'circuits/parallel',
    'Two identical lamps are in parallel across a battery. One is unscrewed. Why does the other keep shining as before?',
    [
      'Each lamp has its own closed path to the battery, so removing one does not interrupt the current through the other.',
    ],
    [
      [
        5,
        'correct',
        'because each lamp is in its own closed path with the battery, removing one does not break the other path',
      ],
      [
        5,
        'correct',
        'In parallel every lamp has a separate loop with the battery, so current still flows through the other when one is removed.',
      ],
      [
        4,
        'correct',
        'They are on different paths so taking one out does not affect the current of the other',
      ],
      [2, 'partial', 'there is still a closed path'],
      [2, 'partial', 'because they have their own paths'],
      [
        0,
        'contradictory',
        'Both lamps share one closed path to the battery, so removing one interrupts the current through the other.',
      ],
      [0, 'contradictory', 'the lamps do not have their own paths so the current goes around'],
      [0, 'irrelevant', 'The lamps are identical.'],
      [1, 'irrelevant', 'because it is parallel'],
      [0, 'irrelevant', 'The battery has the same voltage as the lamps need to shine.'],
      [0, 'non-domain', 'what is parallel??'],
      [
        5,
        'correct',
        'Well, the battery is still connected. [[Every lamp has its own complete path, so unscrewing one leaves the current in the other as it was.]] I tried it at home.',
      ],
    ],
  ),
];

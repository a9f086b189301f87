import { written, type OtherQuestion } from './written.js';

/** Elementary science, as children write. */
export const SCIENCE: readonly OtherQuestion[] = [
  written(
    'science/evaporation',
    'Lena left two equal cups of water by the window, one with a lid and one without. After four days the cup without a lid held less water. Why?',
    [
      'The water in the open cup evaporated into the air, but the lid kept the water vapour inside the other cup.',
    ],
    [
      [
        5,
        'correct',
        'the water evaporated out of the cup with no lid and the vapor in the other one could not get out because of the lid.',
      ],
      [
        5,
        'correct',
        'In the open one water turned into gas and went in the air. The lid trapped the water vapor in the other cup.',
      ],
      [
        5,
        'correct',
        'Because water from the uncovered cup evaporates into the air and the lid stops the vapour from escaping.',
      ],
      [3, 'partial', 'It evaporated.'],
      [2, 'partial', 'the lid kept the water in the cup'],
      [3, 'partial', 'The water without a lid evaporated because of the sun on the window.'],
      [
        0,
        'contradictory',
        'The water evaporated in the cup with the lid and the open cup kept its water vapor.',
      ],
      [0, 'contradictory', 'The lid let the vapor out of the cup so it had less water.'],
      [0, 'irrelevant', 'She put more water in one cup.'],
      [0, 'irrelevant', 'The cup without a lid held less water after four days.'],
      [0, 'non-domain', 'i dont know'],
      [
        5,
        'correct',
        'I think it is like when clothes dry. [[The water goes into the air as vapor when there is no lid, and with a lid on it stays in the cup.]]',
      ],
    ],
  ),
  written(
    'science/shadow',
    'A stick stands upright in a sunny yard. How does the length of its shadow change from early morning to noon, and why?',
    ['The shadow gets shorter because the sun rises higher in the sky.'],
    [
      [5, 'correct', 'The shadow gets shorter because the sun is higher in the sky at noon.'],
      [5, 'correct', 'it shrinks, since the sun climbs up higher'],
      [
        5,
        'correct',
        'In the morning the sun is low and the shadow is long. [[As the sun gets higher the shadow becomes shorter.]]',
      ],
      [3, 'partial', 'The shadow gets shorter.'],
      [2, 'partial', 'Because the sun moves up in the sky.'],
      [0, 'contradictory', 'The shadow gets longer because the sun rises higher in the sky.'],
      [0, 'contradictory', 'It gets shorter because the sun goes lower in the sky.'],
      [0, 'contradictory', 'The shadow does not get shorter, it stays the same when the sun is high.'],
      [0, 'irrelevant', 'The shadow is black and the stick blocks the light.'],
      [1, 'irrelevant', 'The shadow moves around the stick like a clock.'],
      [0, 'non-domain', 'my shadow is cool'],
      [5, 'correct', 'the length of the shadow decreases as the sun gets more overhead'],
    ],
  ),
  written(
    'science/sound',
    'Tim plucks a thick rubber band and a thin rubber band, both stretched by the same amount. Which one makes the higher sound, and why?',
    ['The thin rubber band makes the higher pitched sound because it vibrates faster.'],
    [
      [5, 'correct', 'The thin one has the higher pitch because it vibrates faster.'],
      [5, 'correct', 'the thin band, because it vibrates more quickly than the thick one'],
      [5, 'correct', 'The thinner band makes a higher sound since its vibrations are faster.'],
      [3, 'partial', 'The thin rubber band.'],
      [3, 'partial', 'The thin one makes the higher sound because it is thin.'],
      [2, 'partial', 'The one that vibrates faster makes the higher sound.'],
      [
        0,
        'contradictory',
        'The thick rubber band makes the higher pitched sound because it vibrates faster.',
      ],
      [0, 'contradictory', 'The thin rubber band makes a higher pitch sound because it vibrates slower.'],
      [0, 'contradictory', 'The thin one makes the lower sound and the thick one the higher.'],
      [0, 'irrelevant', 'It makes a sound when you pluck the rubber band.'],
      [
        0,
        'irrelevant',
        'Because they are both stretched by the same amount they sound the same as a guitar.',
      ],
      [4, 'correct', 'thin, the vibrations are quicker so pitch is high'],
    ],
  ),
  written(
    'science/erosion',
    'A class poured water over two sand hills, one bare and one planted with grass. Explain which hill lost more sand.',
    ['The bare hill lost more sand, because the roots of the grass hold the sand in place.'],
    [
      [
        5,
        'correct',
        'The bare hill lost more, since on the other hill the grass roots hold the sand together.',
      ],
      [
        5,
        'correct',
        'the one with no grass eroded the most because there are no roots to keep the sand in place',
      ],
      [5, 'correct', 'More sand washed away from the hill without plants. Roots keep the soil from moving.'],
      [3, 'partial', 'The bare hill.'],
      [3, 'partial', 'The roots of the grass hold on to the sand.'],
      [
        0,
        'contradictory',
        'The hill with grass lost more sand because the roots of the grass do not hold the sand in place.',
      ],
      [0, 'contradictory', 'the grass hill lost more sand because its roots loosen the sand'],
      [0, 'contradictory', 'The bare hill lost less sand because grass roots push the sand away.'],
      [0, 'irrelevant', 'The water ran down the hills and made a river with sand.'],
      [0, 'irrelevant', 'Grass needs water to grow.'],
      [2, 'partial', 'The planted hill lost less sand than the bare hill.'],
      [0, 'non-domain', 'no idea sorry'],
    ],
  ),
];

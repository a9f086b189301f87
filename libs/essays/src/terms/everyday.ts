const list = (words: string): readonly string[] => words.split(',').map((each) => each.trim());

/**
 * Words and phrases of the field that mean something else in other subjects, or stand in texts about anything: a node of a tree, the
 * code of a function, the weight of a rock. By themselves they do not make a question one of this field.
 */
export const EVERYDAY: readonly string[] = [
  ...list(
    'network, net, model, filter, kernel, channel, pool, pooling, pad, padding, dense, neuron, unit, node',
  ),
  ...list('layer, activation, saturation, saturate, saturated, bottleneck, squeeze, code, parameter, weight'),
  ...list(
    'coefficient, depth, deep, deeper, shallow, hierarchy, hierarchical, edge, head, capacity, expressiveness',
  ),
  ...list(
    'expressivity, expression, flexibility, shortcut, skip, identity, residual, slope, derivative, grad',
  ),
  ...list(
    'settle, converge, convergence, converging, diverge, divergence, diverging, oscillation, oscillate',
  ),
  ...list('bounce, bouncing, bounce around, bounce out, swing, fluctuate, velocity, inertia, momentum, step'),
  ...list('iteration, update, smooth, smoother, smoothness, plateau, cost, criterion, error, loss, recreate'),
  ...list('reconstruction, learn, learning, acquire, train, training, test, testing, deployment, deployed'),
  ...list(
    'freeze, frozen, freezing, locked, memorise, memorising, penalty, penalise, redundant, redundancy, robust',
  ),
  ...list(
    'flip, rotate, augment, validation, bias, tuning, leak, leakage, overestimate, inflated, optimistic, honest',
  ),
  ...list(
    'accuracy, precision, sensitivity, recall, missed, threshold, cutoff, outlier, anomaly, gate, order',
  ),
  ...list(
    'permute, sequence, series, sentence, word, token, query, queries, key, keys, value, values, attention',
  ),
  ...list('attend, parallel, parallelise, simultaneously, concurrently, sequential, sequentially, quadratic'),
  ...list(
    'quadratically, n^2, n2, linearly, mask, masking, masked, lm, context, surroundings, additive, additively',
  ),
  ...list(
    'generator, critic, decoder, encoder, transformer, compete, competing, competition, fool, fooling, trick',
  ),
  ...list(
    'cheat, convince, deceive, mislead, fake, real, genuine, synthetic, authentic, distinguish, discriminate',
  ),
  ...list(
    'distinguishing, detect, separate, spot, classifies, noise, collapse, equilibrium, prior, sample, sampled',
  ),
  ...list(
    'sampling, draw, draws, generate, generates, generating, generation, compress, compresses, compressed',
  ),
  ...list(
    'compression, reward, policy, agent, likelihood, probability, probabilities, chance, differentiable',
  ),
  ...list(
    'compute, computation, computationally, expensive, calculations, multiplications, hardware, lightweight',
  ),
  ...list(
    'image, picture, photo, photograph, pixel, pixels, object, pattern, segmentation, data, dataset, corpus',
  ),
  ...list(
    'examples, label, target, annotation, class, category, prediction, predict, predicts, forecast, input',
  ),
  ...list('output, response, vector, array, matrix, matrices, overflow, boundary, domain, task, initialise'),
  ...list(
    'initialisation, init, symmetry, scheduler, optimum, normalise, normalised, rescale, supervised, xor',
  ),
  ...list('in parallel, at once, at the same time, all at once, same time, one step at a time, step by step'),
  ...list(
    'one after the other, one at a time, one by one, both directions, two directions, forward and backward',
  ),
  ...list(
    'number of operations, number of parameters, list of numbers, extreme value, final layer, last layer',
  ),
  ...list(
    'long distance, long range, long term, long time ago, far away, far apart, far back, new data, more data',
  ),
  ...list('data set, initial value, start value, random numbers, normal distribution, weighted average'),
  ...list(
    'moving average, running average, lower bound, linear function, systematic error, memory cell, light weight',
  ),
  ...list(
    'processing power, computing power, memory use, memory usage, memory footprint, computational cost',
  ),
  ...list('computational complexity, time step, time series, keep fixed, stay fixed, kept constant, pick up'),
  ...list(
    'go to infinity, find a solution, lowest point, flat area, flat part, step over, jump over, jump around',
  ),
  ...list(
    'n squared, o n 2, every pair, all pairs, each pair, direct path, direct route, clear path, flow back',
  ),
  ...list(
    'going backward, by addition, tell apart, tell whether, tell if, decide whether, decide if, tell the difference',
  ),
  ...list(
    'at test, test time, test phase, low precision, fewer bits, half the time, data distribution, training time',
  ),
  ...list(
    'no variety, little variety, same output, extra term, added term, exclusive or, field of view, learn by heart',
  ),
  ...list(
    'learning process, zero sum, against each other, internal state, state vector, dot product, inner product',
  ),
  ...list(
    'message passing, word order, order of the words, input data, additional data, fails to capture the pattern',
  ),
];

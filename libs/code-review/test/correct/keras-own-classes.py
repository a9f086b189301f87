"""Two networks by classes of one's own, each with its optimiser: one draws small pictures, one tells them from real ones."""
import tensorflow as tf


class Painter(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.wide = tf.keras.layers.Dense(128, activation="relu")
        self.pixels = tf.keras.layers.Dense(28 * 28, activation="tanh")
        self.shaped = tf.keras.layers.Reshape((28, 28, 1))

    def call(self, ideas):
        return self.shaped(self.pixels(self.wide(ideas)))


class Judge(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.flat = tf.keras.layers.Flatten()
        self.wide = tf.keras.layers.Dense(128)
        self.bent = tf.keras.layers.LeakyReLU(0.2)
        self.verdict = tf.keras.layers.Dense(1)

    def call(self, pictures):
        return self.verdict(self.bent(self.wide(self.flat(pictures))))


(pictures, _), _ = tf.keras.datasets.fashion_mnist.load_data()
pictures = (pictures[..., None].astype("float32") - 127.5) / 127.5
batches = tf.data.Dataset.from_tensor_slices(pictures).shuffle(60000).batch(64)

painter, judge = Painter(), Judge()
painter_steps = tf.keras.optimizers.Adam(1e-4)
judge_steps = tf.keras.optimizers.Adam(1e-4)
entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)

for epoch in range(40):
    for real in batches:
        ideas = tf.random.normal((64, 100))
        with tf.GradientTape() as painting, tf.GradientTape() as judging:
            drawn = painter(ideas)
            of_real, of_drawn = judge(real), judge(drawn)
            painter_loss = entropy(tf.ones_like(of_drawn), of_drawn)
            judge_loss = entropy(tf.ones_like(of_real), of_real) + entropy(tf.zeros_like(of_drawn), of_drawn)
        painter_gradients = painting.gradient(painter_loss, painter.trainable_variables)
        judge_gradients = judging.gradient(judge_loss, judge.trainable_variables)
        painter_steps.apply_gradients(zip(painter_gradients, painter.trainable_variables))
        judge_steps.apply_gradients(zip(judge_gradients, judge.trainable_variables))
    print(epoch, float(painter_loss), float(judge_loss))

"""Times the training steps of Workload.java in JAX, compiled, and prints a line for each, as steps.py does."""

import sys

import jax
import jax.numpy as jnp
import optax

from steps import microseconds


def parameters(key, sizes):
    """Returns weights and biases as PyTorch's Linear begins with them."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        key, weight, bias = jax.random.split(key, 3)
        bound = inputs**-0.5
        layers.append(
            {
                "weight": jax.random.uniform(weight, (inputs, outputs), minval=-bound, maxval=bound),
                "bias": jax.random.uniform(bias, (outputs,), minval=-bound, maxval=bound),
            }
        )
    return layers


def forward(layers, x, activation, dropout, key):
    for layer in layers[:-1]:
        x = activation(x @ layer["weight"] + layer["bias"])
        if dropout:
            key, fresh = jax.random.split(key)
            kept = jax.random.bernoulli(fresh, 1 - dropout, x.shape)
            x = jnp.where(kept, x / (1 - dropout), 0)
    return x @ layers[-1]["weight"] + layers[-1]["bias"]


def squared_error(outputs, targets):
    return jnp.mean(jnp.square(outputs - targets))


def cross_entropy(logits, labels):
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()


def regression(sizes, batch, activation, optimizer):
    x, y = jax.random.split(jax.random.key(1))
    data = jax.random.uniform(x, (batch, sizes[0])), jax.random.uniform(y, (batch, sizes[-1]))
    return training_step(sizes, data, activation, 0, squared_error, optimizer)


def classification(sizes, batch, activation, optimizer, dropout=0):
    x, y = jax.random.split(jax.random.key(1))
    data = jax.random.uniform(x, (batch, sizes[0])), jax.random.randint(y, (batch,), 0, sizes[-1])
    return training_step(sizes, data, activation, dropout, cross_entropy, optimizer)


def training_step(sizes, data, activation, dropout, loss_function, optimizer):
    """Returns a function that takes one step and waits for its loss."""

    @jax.jit
    def update(layers, state, key, x, y):
        following, mask = jax.random.split(key) if dropout else (key, key)

        def loss_of(layers):
            return loss_function(forward(layers, x, activation, dropout, mask), y)

        loss, gradients = jax.value_and_grad(loss_of)(layers)
        changes, state = optimizer.update(gradients, state, layers)
        return optax.apply_updates(layers, changes), state, following, loss

    layers = parameters(jax.random.key(2), sizes)
    training = [layers, optimizer.init(layers), jax.random.key(3)]

    def step():
        *training[:], loss = update(*training, *data)
        loss.block_until_ready()

    return step


WORKLOADS = {
    "W2": lambda: regression([2, 10, 10, 2], 1, jax.nn.relu, optax.sgd(0.01)),
    "W3": lambda: regression([1, 15, 1], 144, jnp.tanh, optax.adam(0.01)),
    "W4": lambda: classification([784, 256, 128, 10], 64, jax.nn.relu, optax.adam(0.001), dropout=0.2),
    "W4t": lambda: classification([784, 256, 128, 10], 128, jnp.tanh, optax.sgd(0.001)),
    "W5": lambda: classification([1024, 1024, 1024, 10], 256, jax.nn.relu, optax.sgd(0.001)),
}


if __name__ == "__main__":
    for name in sys.argv[1:] or WORKLOADS:
        print(f"{name} {microseconds(WORKLOADS[name]()):.2f}", flush=True)

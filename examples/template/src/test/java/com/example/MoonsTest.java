package com.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.Sequential;

class MoonsTest {

    @Test
    void learnsMoreThanALineCouldTell() {
        Rng.manualSeed(0);
        Sequential network = Moons.network();

        double accuracy = Moons.train(network, 30).get("accuracy");

        assertTrue(accuracy > 0.95, () -> "accuracy " + accuracy);
    }
}

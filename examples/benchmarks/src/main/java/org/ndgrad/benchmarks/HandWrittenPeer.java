package org.ndgrad.benchmarks;

/** The floor: what a step costs that is written by hand for one network. */
final class HandWrittenPeer implements Peer {

    @Override
    public Runnable prepare(Workload workload) {
        return new HandWrittenNetwork(workload)::step;
    }
}

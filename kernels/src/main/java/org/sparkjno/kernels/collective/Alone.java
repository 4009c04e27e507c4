// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.util.List;

/** A world of one: nothing to do. */
public final class Alone implements Collective {

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void allReduce(Values values, Reduction reduction) {}

    @Override
    public Segments reduceScatter(Values values, Reduction reduction) {
        return new Segments(values.length(), 1);
    }

    @Override
    public void allGather(Values values) {}

    @Override
    public List<byte[]> allGather(byte[] own) {
        return List.of(own.clone());
    }

    @Override
    public void exchange(Traffic traffic, ByteBuffer outgoing, ByteBuffer incoming) {
        traffic.require(0, 1, outgoing, incoming);
        incoming.put(incoming.position(), outgoing, outgoing.position(), outgoing.remaining());
    }

    @Override
    public void broadcast(ByteBuffer bytes, int root) {
        new Place(0, 1).requireRoot(root);
    }

    @Override
    public void barrier() {}

    @Override
    public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.TensorType;

/**
 * Evaluates graphs one operation at a time, in double precision, rounding every result to its element type. Nothing is
 * reordered, fused or planned. Integers beyond 2⁵³ are refused where they are
 * read or written.
 */
public final class ReferenceDevice implements Device {
    private final Collective world;

    /** A device in a world of its own. */
    public ReferenceDevice() {
        this(new Alone());
    }

    private ReferenceDevice(Collective world) {
        this.world = world;
    }

    @Override
    public Device in(Collective other) {
        return new ReferenceDevice(other);
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Buffer allocate(TensorType type) {
        return new ReferenceBuffer(type);
    }

    @Override
    public Executable compile(Graph graph, InPlace inPlace) {
        return new ReferenceExecutable(graph, inPlace, world);
    }

    /** Nothing to release. */
    @Override
    public void close() {}
}

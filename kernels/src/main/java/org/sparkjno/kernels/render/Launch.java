// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Slot;

/** What a host does, in order, to run a program on a device of many threads. */
public sealed interface Launch {
    /**
     * Starts a kernel. The number of blocks does not change its results; that of threads, a multiple of 32 and at most 1024,
     * changes the order of the sums that a block forms.
     *
     * @param kernel name of the function
     * @param blocks blocks of the grid, which has one dimension
     * @param threads threads of a block
     * @param arguments where its pointers lead, in the order of its parameters
     */
    record Grid(String kernel, int blocks, int threads, List<Place> arguments) implements Launch {
        public Grid {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Runs launches again and again.
     *
     * @param length how often
     * @param body what an iteration launches
     */
    record Loop(int length, List<Launch> body) implements Launch {
        public Loop {
            body = List.copyOf(body);
        }
    }

    /**
     * Does with the other ranks what no kernel can.
     *
     * @param exchange what the ranks do
     * @param operand where this rank's operand lies
     * @param work memory for the values of all ranks
     * @param result where the value goes
     */
    record Exchange(Kernel.Exchange exchange, Place operand, Place work, Place result) implements Launch {}

    /**
     * An address that moves with the loops around a launch.
     *
     * @param slot where it is in the first iteration of all loops
     * @param steps bytes by which it moves from one iteration to the next, per loop, outermost first
     */
    record Place(Slot slot, List<Long> steps) {
        public Place {
            steps = List.copyOf(steps);
        }

        /** The same place inside one more loop, some bytes on. */
        Place moved(long bytes, long step) {
            List<Long> inner = new ArrayList<>(steps);
            inner.add(step);
            return new Place(new Slot(slot.region(), slot.index(), slot.offset() + bytes), inner);
        }

        /** The largest power of two, up to that of a region, of which the address is a multiple in every iteration. */
        long alignment() {
            long bits = CudaProgram.ALIGNMENT | slot.offset();
            for (long step : steps) {
                bits |= step;
            }
            return Long.lowestOneBit(bits);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import org.sparkjno.kernels.collective.CollectiveException.Phase;

/**
 * What precedes the elements of a message, so that ranks which disagree find out at once.
 *
 * @param kind whether elements follow, or the world ends
 * @param phase the call
 * @param call how many calls this collective made before
 * @param blamed the rank to blame where the world ends, else 0
 * @param bytes of the elements that follow
 * @param total bytes of the whole call
 */
record Frame(Kind kind, Phase phase, int call, int blamed, int bytes, long total) {
    /** Bytes of a frame on the wire: a multiple of 8, so the elements behind it stay aligned. */
    static final int BYTES = 24;

    private static final Kind[] KINDS = Kind.values();
    private static final Phase[] PHASES = Phase.values();

    /** Data, or why the world ended. */
    enum Kind {
        DATA("sends data"),
        DEAD("closed its connection"),
        LATE("did not answer before the deadline"),
        ASTRAY("makes other calls than its neighbour"),
        STOPPED("was interrupted or closed");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        @Override
        public String toString() {
            return meaning;
        }
    }

    Frame with(int messageBytes) {
        return new Frame(kind, phase, call, blamed, messageBytes, total);
    }

    void put(ByteBuffer wire) {
        wire.putShort((short) kind.ordinal())
                .putShort((short) phase.ordinal())
                .putInt(call)
                .putInt(blamed)
                .putInt(bytes)
                .putLong(total);
    }

    static Frame get(ByteBuffer wire) {
        Kind kind = KINDS[Math.floorMod(wire.getShort(), KINDS.length)];
        Phase phase = PHASES[Math.floorMod(wire.getShort(), PHASES.length)];
        return new Frame(kind, phase, wire.getInt(), wire.getInt(), wire.getInt(), wire.getLong());
    }
}

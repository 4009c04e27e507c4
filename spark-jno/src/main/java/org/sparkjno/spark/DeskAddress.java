// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sparkjno.kernels.collective.Membership;

/**
 * Where the driver listens for reports.
 *
 * @param host as executors reach the driver
 * @param port bound port
 * @param nonce fresh for every desk, so that a greeting is of use at one desk only
 */
record DeskAddress(String host, int port, String nonce) implements Serializable {
    /** Bytes of a greeting: generation, rank, signature. */
    static final int GREETING = 2 * Integer.BYTES + 32;

    /** What a rank says first; the signature proves that it knows the job's secret. */
    byte[] greeting(Membership membership, int rank) {
        byte[] words = (membership.job() + " " + membership.generation() + " " + rank + " " + nonce)
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(GREETING)
                .putInt(membership.generation())
                .putInt(rank)
                .put(membership.secret().sign("report", words))
                .array();
    }
}

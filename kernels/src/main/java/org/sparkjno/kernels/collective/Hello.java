// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first words on a connection. The caller signs who it is, whom it calls and both nonces; the called one checks that
 * against what the rendezvous told it and signs the same under another purpose, so each knows that the other has the secret.
 */
final class Hello {
    /** Bytes of a greeting: magic, version, generation, from, to, job, two nonces, signature. */
    static final int BYTES = 5 * Integer.BYTES + 3 * 16 + 32;

    /** Bytes of an answer. */
    static final int ANSWER = 32;

    private static final int MAGIC = 0x6a4e4f31;
    private static final int SIGNED = BYTES - 32;

    private final Membership membership;
    private final byte[] words;

    /** The greeting of rank {@code from} for rank {@code to}. */
    Hello(Membership membership, int from, Endpoint caller, int to, Endpoint called) {
        this.membership = membership;
        this.words = ByteBuffer.allocate(SIGNED)
                .putInt(MAGIC)
                .putInt(Endpoint.VERSION)
                .putInt(membership.generation())
                .putInt(from)
                .putInt(to)
                .put(Arrays.copyOf(membership.secret().sign("job", job()), 16))
                .put(HexFormat.of().parseHex(caller.nonce()))
                .put(HexFormat.of().parseHex(called.nonce()))
                .array();
    }

    private byte[] job() {
        return membership.job().getBytes(StandardCharsets.UTF_8);
    }

    byte[] greeting() {
        return ByteBuffer.allocate(BYTES)
                .put(words)
                .put(membership.secret().sign("hello", words))
                .array();
    }

    byte[] answer() {
        return membership.secret().sign("answer", words);
    }

    boolean isAnsweredBy(byte[] answer) {
        return MessageDigest.isEqual(answer(), answer);
    }

    /** Why a received greeting is not this one; empty if it is. */
    String objection(byte[] received) {
        if (MessageDigest.isEqual(greeting(), received)) {
            return "";
        }
        ByteBuffer expected = ByteBuffer.wrap(words);
        ByteBuffer fields = ByteBuffer.wrap(received);
        if (fields.getInt() != expected.getInt()) {
            return "it speaks another protocol";
        }
        int version = fields.getInt();
        if (version != expected.getInt()) {
            return "it speaks version " + version + " of the protocol, this rank version " + Endpoint.VERSION;
        }
        int generation = fields.getInt();
        if (generation != expected.getInt()) {
            return "it belongs to generation " + generation + ", this rank to generation " + membership.generation();
        }
        int from = fields.getInt();
        if (from != expected.getInt()) {
            return "it says it is rank " + from;
        }
        return "it belongs to another job or does not know the job's secret";
    }
}

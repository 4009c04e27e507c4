// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one rank listens, as told to all others before they connect.
 *
 * @param version of the protocol spoken there
 * @param host name or address, as others reach it
 * @param port bound port
 * @param job the job's name
 * @param generation the job's generation
 * @param nonce 32 hexadecimal digits, fresh for every listener, so that a greeting is of use only once
 * @param process the same for ranks that share a JVM, and so memory
 */
public record Endpoint(int version, String host, int port, String job, int generation, String nonce, String process) {

    /** The protocol this release speaks. */
    public static final int VERSION = 1;

    private static final Pattern TEXT =
            Pattern.compile("collective/(\\d{1,9}) (\\S+) (\\d{1,5}) (\\S+) (\\d{1,9}) ([0-9a-f]{32}) (\\S+)");

    /** One line of text, without line breaks, that {@link #parse} reads. */
    public String format() {
        return "collective/" + version + " " + host + " " + port + " " + job + " " + generation + " " + nonce + " "
                + process;
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException if the text is something else, or from a release that speaks another protocol
     */
    public static Endpoint parse(String text) {
        Matcher fields = TEXT.matcher(text);
        if (!fields.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an endpoint of a collective: all ranks must send one.");
        }
        int version = Integer.parseInt(fields.group(1));
        if (version != VERSION) {
            throw new IllegalArgumentException("A rank on " + fields.group(2) + " speaks version " + version
                    + " of the collective protocol and this one version " + VERSION
                    + ": put the same release on all machines.");
        }
        return new Endpoint(
                version,
                fields.group(2),
                Integer.parseInt(fields.group(3)),
                fields.group(4),
                Integer.parseInt(fields.group(5)),
                fields.group(6),
                fields.group(7));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}

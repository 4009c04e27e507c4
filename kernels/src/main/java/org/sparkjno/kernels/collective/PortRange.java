// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.io.Serializable;

/** The ports a listener may take, both ends included; {@link #ANY} leaves the choice to the system. */
public record PortRange(int first, int last) implements Serializable {

    /** Any free port. */
    public static final PortRange ANY = new PortRange(0, 0);

    /** @throws IllegalArgumentException if the range is empty or leaves 1 to 65535 */
    public PortRange {
        boolean any = first == 0 && last == 0;
        if (!any && (first < 1 || last > 65535 || first > last)) {
            throw new IllegalArgumentException("Port range " + first + "-" + last
                    + " is not usable: give two ports between 1 and 65535, the smaller first, or 0-0 for any port.");
        }
    }

    /**
     * Reads {@code "0"}, {@code "7100"} or {@code "7100-7200"}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public static PortRange parse(String text) {
        String[] ends = text.strip().split("-", 2);
        try {
            int first = Integer.parseInt(ends[0].strip());
            return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1].strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Port range '" + text + "' is not readable: write 0, 7100 or 7100-7200.", e);
        }
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}

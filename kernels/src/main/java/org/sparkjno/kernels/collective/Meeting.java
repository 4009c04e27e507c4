// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Where the ranks of one JVM find the world they share. Tasks of one executor have nothing in common but the classes, so the
 * meeting place is static; a world is listed only while its ranks gather.
 */
final class Meeting {
    /** The same for all listeners of this JVM. */
    static final String PROCESS = UUID.randomUUID().toString();

    private static final ConcurrentMap<String, InProcess.World> GATHERING = new ConcurrentHashMap<>();

    private Meeting() {}

    static Collective join(List<Endpoint> endpoints, Place place, Membership membership, Deadlines deadlines) {
        String nonces = endpoints.stream().map(Endpoint::nonce).collect(Collectors.joining(" "));
        String key = HexFormat.of()
                .formatHex(membership
                        .secret()
                        .sign("meeting", (membership + " " + nonces).getBytes(StandardCharsets.UTF_8)));
        InProcess.World world = GATHERING.computeIfAbsent(key, unused -> new InProcess.World(place.size()));
        try {
            return new InProcess(world, place, deadlines.connect(), deadlines.collective());
        } finally {
            GATHERING.remove(key, world);
        }
    }
}

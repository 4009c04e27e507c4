// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and what those hear who are not. */
class RendezvousTest {
    private static final String HOST = "127.0.0.1";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Membership membership = new Membership("job", 3, Secret.random());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void strangersAreRefusedAndTheRightPeerStillGetsIn() throws IOException {
        Listener first = listen("a");
        Listener second = listen("b");
        List<Endpoint> endpoints = List.of(first.endpoint(), second.endpoint());

        // They knock before the right peer does, so they stand before it in the queue.
        try (Socket silent = knock(first.endpoint());
                Socket babbler = knock(first.endpoint());
                Socket foreigner = knock(first.endpoint());
                Socket stale = knock(first.endpoint());
                Socket unknown = knock(first.endpoint())) {
            babbler.getOutputStream().write(new byte[Hello.BYTES]);
            greet(foreigner, new Membership("other", 3, Secret.random()), endpoints);
            greet(stale, new Membership("job", 2, membership.secret()), endpoints);
            greet(unknown, new Membership("job", 3, Secret.random()), endpoints);

            Future<Collective> one = threads.submit(() -> first.connect(endpoints, 0, Crowd.PATIENT));
            Future<Collective> two = threads.submit(() -> second.connect(endpoints, 1, Crowd.PATIENT));
            try (Collective left = Crowd.result(one);
                    Collective right = Crowd.result(two)) {
                for (Socket refused : List.of(babbler, foreigner, stale, unknown, silent)) {
                    assertThat(isHungUp(refused)).isTrue();
                }
                Future<?> sum = threads.submit(() -> right.allReduce(FloatBuffer.allocate(9), Reduction.SUM));
                left.allReduce(FloatBuffer.allocate(9), Reduction.SUM);
                Crowd.result(sum);
            }
        }
    }

    @Test
    void aRankWithAnotherSecretIsRefusedInOneSentence() {
        Listener first = listen("a");
        Listener second = Listener.open(HOST, PortRange.ANY, new Membership("job", 3, Secret.random()), "b");
        List<Endpoint> endpoints = List.of(first.endpoint(), second.endpoint());
        Future<Collective> one = threads.submit(() -> first.connect(endpoints, 0, Crowd.PATIENT));
        Future<Collective> two = threads.submit(() -> second.connect(endpoints, 1, Crowd.PATIENT));
        assertThatThrownBy(() -> Crowd.result(one))
                .isInstanceOf(CollectiveException.class)
                .hasMessageContaining("ank 1");
        assertThatThrownBy(() -> Crowd.result(two))
                .isInstanceOf(CollectiveException.class)
                .hasMessageContaining("ank 0");
    }

    @Test
    void aMissingRankIsNamed() {
        Deadlines impatient = new Deadlines(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));
        for (String process : List.of("a", "b")) {
            try (Listener absent = listen("a")) {
                Listener present = listen(process);
                List<Endpoint> endpoints = List.of(absent.endpoint(), present.endpoint());
                assertThatThrownBy(() -> present.connect(endpoints, 1, impatient))
                        .isInstanceOfSatisfying(
                                CollectiveException.class,
                                e -> assertThat(e.ranks()).containsExactly(0));
            }
        }
    }

    @Test
    void anotherGenerationIsNotEvenCalled() {
        try (Listener own = listen("a");
                Listener other = Listener.open(HOST, PortRange.ANY, new Membership("job", 4, Secret.random()))) {
            assertThatThrownBy(() -> own.connect(List.of(own.endpoint(), other.endpoint()), 0, Crowd.PATIENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("generation 3 of job job");
        }
    }

    @Test
    void anExhaustedPortRangeIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortRange range = new PortRange(taken.getLocalPort(), taken.getLocalPort());
            assertThatThrownBy(() -> Listener.open(HOST, range, membership))
                    .isInstanceOf(CollectiveException.class)
                    .hasMessage(
                            "No port in " + range + " on 127.0.0.1 is free: widen the range, or take 0 for any port.");
        }
    }

    @Test
    void aHostThatIsNotThisMachineIsOneSentence() {
        assertThatThrownBy(() -> Listener.open("192.0.2.1", PortRange.ANY, membership))
                .isInstanceOf(CollectiveException.class)
                .hasMessageContaining("must be a name or address of this machine");
    }

    @Test
    void endpointsTravelAsText() {
        try (Listener listener = listen("a")) {
            String text = listener.endpoint().format();
            assertThat(Endpoint.parse(text)).isEqualTo(listener.endpoint());
            assertThatThrownBy(() -> Endpoint.parse(text.replace("collective/1 ", "collective/2 ")))
                    .hasMessageContaining("same release");
            assertThatThrownBy(() -> Endpoint.parse("nonsense")).hasMessageContaining("not an endpoint");
        }
    }

    @Test
    void portRangesAreRead() {
        assertThat(PortRange.parse("0")).isEqualTo(PortRange.ANY);
        assertThat(PortRange.parse(" 7100-7200 ")).isEqualTo(new PortRange(7100, 7200));
        assertThatThrownBy(() -> PortRange.parse("a-b")).hasMessageContaining("write 0, 7100 or 7100-7200");
        assertThatThrownBy(() -> PortRange.parse("9-7")).hasMessageContaining("the smaller first");
    }

    private Listener listen(String process) {
        return Listener.open(HOST, PortRange.ANY, membership, process);
    }

    private static Socket knock(Endpoint door) throws IOException {
        return new Socket(door.host(), door.port());
    }

    private static void greet(Socket door, Membership pretended, List<Endpoint> endpoints) throws IOException {
        Hello hello = new Hello(pretended, 1, endpoints.get(1), 0, endpoints.get(0));
        door.getOutputStream().write(hello.greeting());
    }

    private static boolean isHungUp(Socket socket) {
        try {
            socket.setSoTimeout(20_000);
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return e.getMessage().contains("reset");
        }
    }
}

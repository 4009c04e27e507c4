// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The processor cores that all threads of this process, and the processes it starts, may use; given back by
 * {@link #close}. A process on one core is the only fair race of one thread: some libraries ignore a setting.
 */
public final class Cores implements AutoCloseable {
    private final String before;
    private final int count;

    private Cores(String before, int count) {
        this.before = before;
        this.count = count;
    }

    /** Restricts this process to its first {@code count} cores, where the system's {@code taskset} can do that. */
    public static Cores first(int count) throws IOException {
        String list = taskset("-p", "-c", pid());
        if (list == null) {
            return new Cores("", 0);
        }
        String before = list.substring(list.lastIndexOf(':') + 1).trim();
        List<Integer> chosen = numbers(before).stream().limit(count).toList();
        String names = chosen.stream().map(String::valueOf).collect(Collectors.joining(","));
        return new Cores(before, taskset("-a", "-p", "-c", names, pid()) == null ? 0 : chosen.size());
    }

    /** How many cores this process is restricted to; 0 where it cannot be restricted. */
    public int count() {
        return count;
    }

    /** The numbers in a list such as {@code 0-3,8}. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                numbers.add(core);
            }
        }
        return numbers;
    }

    private static String pid() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    /** What taskset says, or null where there is none. */
    private static String taskset(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while choosing cores.", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (count > 0) {
            taskset("-a", "-p", "-c", before, pid());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.Collection;
import java.util.Comparator;

/** What a misspelt name was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name with the fewest insertions, deletions and exchanges of letters (Levenshtein 1966).
     *
     * @throws java.util.NoSuchElementException when none is known
     */
    public static String of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

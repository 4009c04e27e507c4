// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.io.Serializable;
import java.util.Comparator;
import org.sparkjno.datasets.sample.PdeSample;

/** The order in which samples were numbered. */
final class BySeed implements Comparator<PdeSample>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(PdeSample a, PdeSample b) {
        return Long.compare(a.seed(), b.seed());
    }
}
